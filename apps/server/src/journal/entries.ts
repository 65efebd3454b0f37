/**
 * The journal: events as the log has them, entries a page at a time, one entry, posting and reversing.
 */
import { Controller, Inject } from '@nestjs/common';
import * as answers from '@tieout/answers';
import * as documents from '@tieout/documents';
import * as z from 'zod';
import { Asked, Books, Question, Write, type AskedOf, type WriteOf } from '../platform';

/** Hundreds of entries. YAML of the worst kind takes seconds a megabyte to read, and others wait meanwhile. */
const MAX_ENTRIES = 250_000;

const position = z.coerce.number().int().nonnegative();
const limit = z.coerce.number().int().min(1).max(500);

const eventsQuery = z.object({
  after: position.optional().meta({ description: 'Only those after this position', example: 3 }),
  limit: limit.optional().meta({ description: 'At most so many: 100 where absent' }),
});

const entriesQuery = z.object({
  account: z.string().optional().meta({ description: 'A family of accounts: ppe is all under ppe.' }),
  event: z.string().optional().meta({ description: 'What they record: AssetAcquired' }),
  from: z.iso.date().optional().meta({ description: 'Dated on this day, or after' }),
  to: z.iso.date().optional().meta({ description: 'Dated on this day, or before' }),
  actor: z.string().optional().meta({ description: 'Posted by' }),
  q: z.string().max(200).optional().meta({ description: 'In the id or the description, whatever the case' }),
  after: position.optional().meta({ description: '`next` of the page before' }),
  limit: limit.optional().meta({ description: 'At most so many: 50 where absent' }),
  order: z
    .enum(['oldest', 'newest'])
    .optional()
    .meta({ description: 'Which stand first; oldest where absent' }),
});

const diffQuery = z.object({
  from: z.string().meta({ description: 'A position of the log, or a day', example: '200' }),
  to: z.string().optional().meta({ description: 'The same; as the books stand now where absent' }),
});

/** Debits and credits in columns of their own, a record for each leg. */
function tableOf({ entries }: documents.EntriesDocument): readonly (readonly string[])[] {
  const head = [
    'position',
    'entry',
    'date',
    'event',
    'description',
    'account',
    'movement',
    'debit',
    'credit',
  ];
  const legs = entries.flatMap(({ position: at, id, date, event, description, postings }) =>
    postings.map(({ account, movement, amount }) => {
      const sides = amount.startsWith('-') ? ['', amount.slice(1)] : [amount, ''];
      return [String(at), id, date, event, description, account, movement, ...sides];
    }),
  );
  return [head, ...legs];
}

/** As `tieout log --csv`. */
const linesOf = ({ lines }: documents.LogDocument): readonly (readonly string[])[] => [
  ['position', 'date', 'event', 'subject', 'text', 'amount'],
  ...lines.map(({ position: at, date = '', event, subject, text, amount = '' }) => [
    ...[String(at), date, event, subject, text, amount],
  ]),
];

/** An entry that the bundled book takes. */
const entryExample = `- id: JE-EXAMPLE
  event: ExpenseIncurred
  date: 2022-06-30
  description: Other losses that are owed
  amount: assumed
  allocation: assumed
  reasoning: An example.
  source: []
  postings:
    - { account: other-gains.others, movement: profit-or-loss, dr: "100" }
    - { account: payables.other.third, movement: recognised, cr: "100" }
`;

@Controller('books/:book')
export class JournalQuestions {
  constructor(@Inject(Books) private readonly books: Books) {}

  @Question('entries', {
    answers: documents.entriesDocument,
    summary: 'Entries of the journal, a page at a time',
    description:
      'In log order. Go on with `after`: an entry that is posted meanwhile moves none of the pages.',
    query: entriesQuery,
    example: '/books/{book}/entries?account=ppe&limit=5',
    table: tableOf,
    rows: ({ entries }) => entries,
  })
  entries(@Asked() asked: AskedOf<z.infer<typeof entriesQuery>>) {
    const { limit: most = 50, order = 'oldest', ...filters } = asked.query;
    const { period } = asked.axes;
    return this.books.answer(asked, (session) =>
      answers.entriesDocument(session, { ...filters, period, limit: most, order }),
    );
  }

  @Question('entries/:entry', {
    answers: documents.entryDocument,
    summary: 'One entry, with where it comes from',
    command: 'show ENTRY',
    example: '/books/{book}/entries/JE-2022H1-01',
  })
  entry(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.entryDocument(session, asked.params.entry ?? ''));
  }

  @Question('entries/:entry/feeds', {
    answers: documents.feedsDocument,
    summary: 'The published figures that an entry moves, and the ties that hold them',
    example: '/books/{book}/entries/JE-2022H1-01/feeds',
  })
  feeds(@Asked() asked: AskedOf) {
    return this.books.answer(asked, async (session) =>
      answers.feedsDocument(session, asked.params.entry ?? '', await answers.checked(session)),
    );
  }

  @Question('log', {
    answers: documents.logDocument,
    summary: 'The events of the log, a line each',
    command: 'log --csv',
    query: eventsQuery,
    example: '/books/{book}/log?limit=3',
    table: linesOf,
    rows: ({ lines }) => lines,
  })
  log(@Asked() asked: AskedOf<z.infer<typeof eventsQuery>>) {
    const { after, limit: most = 100 } = asked.query;
    return this.books.answer(asked, (session) =>
      answers.logDocument(session, { limit: most, ...(after === undefined ? {} : { after }) }),
    );
  }

  @Question('events', {
    answers: documents.eventsDocument,
    summary: 'Events as they stand in the log, by position',
    command: 'log',
    query: eventsQuery,
    example: '/books/{book}/events?limit=3',
    rows: (events) => events,
  })
  events(@Asked() asked: AskedOf<z.infer<typeof eventsQuery>>) {
    const { after, limit: most = 100 } = asked.query;
    return this.books.answer(asked, (session) =>
      answers.eventsDocument(session, { limit: most, ...(after === undefined ? {} : { after }) }),
    );
  }

  @Question('diff', {
    answers: documents.diffDocument,
    summary: 'Cells of the statements that do not say the same in two states of the books',
    query: diffQuery,
    example: '/books/{book}/diff?from=200',
  })
  diff(@Asked() asked: AskedOf<z.infer<typeof diffQuery>>) {
    const { from, to } = asked.query;
    const { period } = asked.axes;
    const seen = (as: string) =>
      this.books.session(asked.book, {
        ...(/^\d{1,15}$/.test(as) ? { knownAt: as } : { at: as }),
        ...(period === undefined ? {} : { period }),
      });
    return this.books.answer(asked, async (now) =>
      answers.diffDocument(await seen(from), to === undefined ? now : await seen(to)),
    );
  }

  @Write('entries', {
    answers: documents.postDocument,
    summary: 'Post entries: all of them, or none',
    description:
      'The body is what `tieout post` reads: one entry or a list, as YAML (application/yaml) or JSON (application/json). All that speaks against any entry is said at once, with its line.',
    command: 'post FILE',
    needs: 'preparer',
    body: 'text',
    maxBody: MAX_ENTRIES,
    bodyExample: entryExample,
  })
  post(@Asked() asked: WriteOf<string>) {
    return this.books.write(asked, async (session, options) =>
      answers.postDocument(
        await answers.postEntries(session, { text: asked.body, file: 'the request body' }, options),
      ),
    );
  }

  @Write('entries/:entry/reversal', {
    answers: documents.postDocument,
    summary: 'Post the exact opposite of an entry',
    command: 'reverse ENTRY --reason TEXT',
    needs: 'preparer',
    example: '/books/{book}/entries/JE-2022H1-01/reversal',
    body: documents.reversalBody,
    bodyExample: { reason: 'It was posted twice.' },
  })
  reverse(@Asked() asked: WriteOf<z.infer<typeof documents.reversalBody>>) {
    return this.books.write(asked, async (session, options) =>
      answers.postDocument(await answers.reverse(session, asked.params.entry ?? '', asked.body, options)),
    );
  }
}
