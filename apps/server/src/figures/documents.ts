/**
 * Whole documents over HTTP: the user's own document ticked, the reproducibility record, and the verification of one.
 */
import { Controller, Inject } from '@nestjs/common';
import * as answers from '@tieout/answers';
import * as documents from '@tieout/documents';
import { refuse } from '@tieout/events';
import * as z from 'zod';
import { Asked, Books, Preview, Question, type AskedOf } from '../platform';
import { SERVING, type Serving } from '../platform/serving';
import { Ticker } from './ticker';

/** A report of a thousand pages is some three million signs. */
const MAX_DOCUMENT = 8 * 1024 * 1024;

/** Ten times the bundled book's record. Comparing is work for each of its parts, and others wait meanwhile. */
const MAX_RECORD = 500_000;

const ticksQuery = z.object({
  name: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'What the document is called', example: 'announcement.txt' }),
});

/** A record as it is sent: compared as it stands, so that nothing of it is beside the comparison. */
const sentRecord = z.looseObject({
  schema: z.literal('tieout.record/1', 'it does not say tieout.record/1'),
  book: z.looseObject({ files: z.unknown() }).optional(),
});

@Controller('books/:book')
export class DocumentQuestions {
  private readonly ticker: Ticker;
  private readonly tool: answers.Tool;

  constructor(
    @Inject(Books) private readonly books: Books,
    @Inject(SERVING) serving: Serving,
  ) {
    this.ticker = new Ticker(serving);
    this.tool = { name: 'tieout', version: serving.version };
  }

  @Preview('ticks', {
    answers: documents.tickDocument,
    summary: 'A text of yours with a state beside every number; nothing of it is kept on disk',
    command: 'tick FILE',
    query: ticksQuery,
    body: 'text',
    maxBody: MAX_DOCUMENT,
    bodyExample: 'Revenue\t1,415,343\t1,651,809',
    rows: ({ numbers }) => numbers,
  })
  ticks(@Asked() asked: AskedOf<z.infer<typeof ticksQuery>, string>) {
    const { body: text, axes, book, query } = asked;
    if (text.includes('\0'))
      refuse('E107', 'the document is no text', {
        help: 'extract its text first: pdftotext -layout REPORT.pdf',
      });
    return this.books.answer(asked, (session) =>
      this.ticker.ticks(
        session,
        { name: query.name ?? 'document', text },
        { axes, source: this.books.source(book) },
      ),
    );
  }

  @Question('record', {
    answers: documents.recordDocument,
    summary: 'The reproducibility record: what was held against what, and how anyone finds the same',
    command: 'record',
    example: '/books/{book}/record',
  })
  record(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.recordOfLedger(session, this.tool, asked.axes));
  }

  @Preview('record/verification', {
    answers: documents.recordVerificationDocument,
    summary: 'Where a record and what is derived now differ',
    command: 'record verify FILE',
    body: sentRecord,
    maxBody: MAX_RECORD,
  })
  verification(@Asked() asked: AskedOf<unknown, z.infer<typeof sentRecord>>) {
    return this.books.answer(asked, (session) =>
      answers.recordVerification(session, asked.body as answers.ReadRecord, this.tool),
    );
  }
}
