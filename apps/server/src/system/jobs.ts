/**
 * Long work: the command itself, run beside the server, so that nobody waits for it and its document is the command's.
 *
 * A job belongs to a book and says how far it is, to whoever asks again and again and to whoever listens alike.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { refuse } from '@tieout/events';
import type { JobDocument, JobName } from '@tieout/documents';
import { ReplaySubject, type Observable } from 'rxjs';
import { Refused, type Who } from '../platform';
import { SERVING, type Serving } from '../platform/serving';

/** At once, and kept after their end. */
const RUNNING = 2;
const KEPT = 50;

const argsOf: Readonly<Record<JobName, readonly string[]>> = {
  verify: ['verify'],
  replay: ['replay'],
  'self-test': ['check', '--self-test'],
};

interface Job {
  document: JobDocument;
  /** Every change, the last one at once. */
  readonly changes: ReplaySubject<JobDocument>;
  readonly process: ChildProcess;
}

@Injectable()
export class Jobs implements BeforeApplicationShutdown {
  private readonly jobs = new Map<string, Job>();

  constructor(@Inject(SERVING) private readonly serving: Serving) {}

  /** Starts a job on a book in its store; refuses (E602) a store that no other process sees, and (429) one too many. */
  start(
    job: JobName,
    book: { readonly id: string; readonly folder?: string | undefined; readonly store: string },
    who: Who,
  ): JobDocument {
    if (book.store === 'memory:')
      refuse('E602', 'the books are in memory, where no other process sees them', {
        help: 'serve a book from a file',
      });
    const running = [...this.jobs.values()].filter(({ document }) => document.state === 'running');
    if (running.length >= RUNNING)
      throw new Refused(429, `${running.length} jobs are running`, 'wait for one to end', {
        'Retry-After': '5',
      });
    const { command, cwd } = this.serving;
    const args = [
      ...argsOf[job],
      '--json',
      '--store',
      book.store,
      ...(book.folder === undefined ? [] : ['-b', book.folder]),
    ];
    const child = spawn(process.execPath, [command, ...args], {
      cwd,
      env: { ...process.env, TIEOUT_ACTOR: who.name, CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const document: JobDocument = {
      schema: 'tieout.job/1',
      id: randomUUID(),
      book: book.id,
      job,
      by: who.name,
      state: 'running',
      done: 0,
      total: 0,
    };
    const started: Job = { document, changes: new ReplaySubject(1), process: child };
    this.jobs.set(document.id, started);
    this.forgetOld();
    listen(started);
    return document;
  }

  /** Refuses (E601) a job that is not known, or not any more. */
  job(book: string, id: string): JobDocument {
    return this.found(book, id).document;
  }

  /** How far it is, from now on; ends with the job. */
  changes(book: string, id: string): Observable<JobDocument> {
    return this.found(book, id).changes;
  }

  list(book: string): readonly JobDocument[] {
    return [...this.jobs.values()].flatMap(({ document }) => (document.book === book ? [document] : []));
  }

  beforeApplicationShutdown(): void {
    for (const { process } of this.jobs.values()) process.kill('SIGTERM');
  }

  private found(book: string, id: string): Job {
    const job = this.jobs.get(id);
    if (job?.document.book === book) return job;
    return refuse('E601', `no job "${id}"`, {
      help: 'a job is forgotten when the server ends, and when many came after it',
    });
  }

  private forgetOld(): void {
    for (const [id, { document }] of this.jobs) {
      if (this.jobs.size <= KEPT) return;
      if (document.state !== 'running') this.jobs.delete(id);
    }
  }
}

/** The command says on stderr how far it is (`Verifying 40% 4/10`), and prints one document. */
function listen(job: Job): void {
  const { process: child, changes } = job;
  const change = (to: Partial<JobDocument>): void => {
    job.document = { ...job.document, ...to };
    changes.next(job.document);
  };
  changes.next(job.document);
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  let said = '';
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, done, total] = /\d+% (\d+)\/(\d+)\s*$/.exec(line) ?? [];
      if (done !== undefined && total !== undefined) change({ done: Number(done), total: Number(total) });
      else said = `${said}${line}\n`.slice(-20_000);
    });
  child.once('error', (error) => {
    change({ state: 'failed', document: { message: error.message } });
    changes.complete();
  });
  child.once('close', (exit) => {
    if (job.document.state !== 'running') return;
    const document = parsed(out) ?? parsed(said);
    const ended = exit !== null && document !== undefined && exit < 2;
    change({
      state: ended || exit === 4 ? 'done' : 'failed',
      ...(exit === null ? {} : { exit }),
      ...(document === undefined ? {} : { document }),
    });
    changes.complete();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
