/**
 * Jobs and what is new, over HTTP: started, asked for, listened to.
 */
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { storeUrl } from '@tieout/answers';
import { jobDocument, jobNames } from '@tieout/documents';
import type { Response } from 'express';
import { concatMap, map, takeUntil, type Observable } from 'rxjs';
import * as z from 'zod';
import { Asked, Books, Preview, Question, Refused, type AskedOf } from '../platform';
import { may } from '../platform/access';
import { passing, readOnlyRefused } from '../platform/answering';
import { Live } from '../platform/live';
import type { AskingRequest } from '../platform/question';
import { SERVING, type Serving } from '../platform/serving';
import { stream, type Sent } from '../platform/stream';
import { Jobs } from './jobs';

/** Streams that one person listens to at once: the connections are for all. */
const STREAMS = 50;

const jobBody = z.strictObject({ job: z.enum(jobNames) });

@Controller('books/:book')
export class JobQuestions {
  private readonly listening = new Map<string, number>();

  constructor(
    @Inject(Books) private readonly books: Books,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Live) private readonly live: Live,
    @Inject(SERVING) private readonly serving: Serving,
  ) {}

  @Preview('jobs', {
    answers: jobDocument,
    summary: 'Start long work: verify, replay (a preparer), self-test',
    body: jobBody,
    bodyExample: { job: 'verify' },
  })
  start(@Asked() asked: AskedOf<unknown, z.infer<typeof jobBody>>) {
    const { job } = asked.body;
    if (job === 'replay' && !may(asked.who, 'preparer'))
      throw new Refused(403, `${asked.who.name} may not replace the stored projections; a preparer may`);
    if (job === 'replay' && this.serving.readOnly) throw readOnlyRefused();
    const { book } = this.books.ledger(asked.book);
    const source = this.books.source(book.id);
    const store = storeUrl(source, book.id, this.serving.cwd);
    return passing(this.jobs.start(job, { id: book.id, folder: source.book, store }, asked.who), 202);
  }

  @Question('jobs', {
    answers: z.object({ schema: z.literal('tieout.jobs/1'), jobs: z.array(jobDocument) }),
    summary: 'The jobs that were started on a book',
    example: '/books/{book}/jobs',
  })
  list(@Asked() { book }: AskedOf) {
    return { schema: 'tieout.jobs/1', jobs: this.jobs.list(this.books.ledger(book).book.id) };
  }

  @Question('jobs/:job', { answers: jobDocument, summary: 'How far a job is, and what came of it' })
  job(@Asked() { book, params }: AskedOf) {
    return this.jobs.job(book, params.job ?? '');
  }

  /** `progress`, then `done` with the document or `error`; ids count up, so that a listener that comes back is told the rest. */
  @Get('jobs/:job/stream')
  jobStream(
    @Param('book') book: string,
    @Param('job') id: string,
    @Req() request: AskingRequest,
    @Res() response: Response,
  ): void {
    let count = 0;
    const events = this.jobs.changes(book, id).pipe(
      takeUntil(this.live.ended),
      map((document) => ({
        event: { running: 'progress', done: 'done', failed: 'error' }[document.state],
        id: String((count += 1)),
        data: document,
        last: document.state !== 'running',
      })),
    );
    this.listen(request, response, events);
  }

  /** `revision` events. One that listens again with the revision that it heard last is told only what is newer. */
  @Get('live')
  liveStream(@Param('book') book: string, @Req() request: AskingRequest, @Res() response: Response): void {
    this.books.ledger(book);
    const heard = Number(request.headers['last-event-id']);
    const events = this.live.revisions(book).pipe(
      concatMap((revision) => (revision === heard ? [] : this.live.at(book, revision))),
      map((data) => ({ event: 'revision', id: String(data.revision), data })),
    );
    this.listen(request, response, events);
  }

  /** Refuses (429) a stream too many. */
  private listen({ who }: AskingRequest, response: Response, events: Observable<Sent>): void {
    const name = who?.name ?? '';
    const count = (change: number): void =>
      void this.listening.set(name, (this.listening.get(name) ?? 0) + change);
    if ((this.listening.get(name) ?? 0) >= STREAMS)
      throw new Refused(429, `${name} listens to ${STREAMS} streams`, 'close one', { 'Retry-After': '5' });
    if (response.closed) return;
    count(1);
    response.once('close', () => count(-1));
    stream(response, events);
  }
}
