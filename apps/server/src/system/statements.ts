/**
 * The statements: what `tieout is`, `bs`, `note 10` print.
 */
import { Controller, Inject } from '@nestjs/common';
import { lineDocument as lineOf, statementDocument as statementOf } from '@tieout/answers';
import {
  lineDocument,
  statementDocument,
  statementListDocument,
  type StatementDocument,
} from '@tieout/documents';
import * as z from 'zod';
import { Asked, Books, Question, type AskedOf } from '../platform';

/** One head where all tables have the same columns. */
function tableOf({ title, tables, lines }: StatementDocument): readonly (readonly string[])[] {
  const records: (readonly string[])[] = [];
  let from = 0;
  let head = '';
  for (const table of tables) {
    const names = ['table', 'line', 'label', 'note', 'unit', ...table.columns.map(({ label }) => label)];
    if (names.join('\n') !== head) records.push(names);
    head = names.join('\n');
    for (const { id, label, note, unit, values, style } of lines.slice(from, from + table.lines))
      if (style !== 'heading')
        records.push([
          table.title ?? title,
          id,
          label,
          note ?? '',
          unit,
          ...values.map((value) => value ?? ''),
        ]);
    from += table.lines;
  }
  return records;
}

const ofTable = z.object({
  table: z.coerce.number().int().nonnegative().default(0).meta({
    description: 'Which table of the statement, from 0: the tables of a matrix have the same lines',
  }),
});

@Controller('books/:book/statements')
export class StatementQuestions {
  constructor(@Inject(Books) private readonly books: Books) {}

  @Question('', {
    answers: statementListDocument,
    summary: 'The statements and notes of the book',
    example: '/books/{book}/statements',
  })
  list(@Asked() asked: AskedOf) {
    return this.books.answer(asked, ({ book, revision, basis }) => ({
      schema: 'tieout.statements/1',
      book: book.id,
      revision,
      basis,
      statements: book.layouts.map(({ id, command, title }) => ({ id, command: command ?? null, title })),
    }));
  }

  @Question(':statement', {
    answers: statementDocument,
    summary: 'One statement, replayed, both columns',
    description:
      'By its id, by the name that the command takes (is, oci, bs, soce, cf), or by the number of a note.',
    command: 'statement ID',
    example: '/books/{book}/statements/is',
    table: tableOf,
    rows: ({ lines }) => lines,
  })
  statement(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => statementOf(session, asked.params.statement ?? ''));
  }

  @Question(':statement/lines/:line', {
    answers: lineDocument,
    summary: 'A line of a statement by the accounts behind it: not published',
    query: ofTable,
    example: '/books/{book}/statements/is/lines/is.revenue',
  })
  line(@Asked() asked: AskedOf<z.infer<typeof ofTable>>) {
    const { statement = '', line = '' } = asked.params;
    return this.books.answer(asked, (session) =>
      lineOf(session, { statement, line, table: asked.query.table }),
    );
  }
}
