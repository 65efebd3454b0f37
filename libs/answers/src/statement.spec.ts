/** The statement's document says nothing that its schema does not, and a state where the statement publishes something. */
import { join } from 'node:path';
import { lineDocument as lineSchema, statementDocument as schema } from '@tieout/documents';
import { addDecimals, compareDecimals } from '@tieout/money';
import { lineDocument } from './line';
import { closeSession, openSession, replayed, type Session } from './session';
import { statementDocument } from './statement';

const host = {
  cwd: __dirname,
  books: join(__dirname, '../../../books'),
  tell: () => undefined,
  progress: () => ({ step: () => undefined, done: () => undefined }),
};

let session: Session;
beforeAll(async () => {
  session = await openSession({ store: 'memory:' }, host);
});
afterAll(() => closeSession(session));

test('every statement of the book is what the schema says, whole', () => {
  expect(session.book.layouts.length).toBeGreaterThan(40);
  for (const { id } of session.book.layouts) {
    const document = statementDocument(session, id);
    expect(schema.parse(document)).toEqual(document);
    expect(document.tables.reduce((sum, { lines }) => sum + lines, 0)).toBe(document.lines.length);
  }
});

test('a line of the income statement: values, facts, states, change', () => {
  const { lines, heading, when, shape } = statementDocument(session, 'is');
  expect({ heading, when, shape }).toEqual({
    heading: 'Six months ended 30 June',
    when: 'Six months ended 30 June 2022 and 2021',
    shape: 'periods',
  });
  expect(lines.find(({ id }) => id === 'is.gross-profit')).toEqual({
    id: 'is.gross-profit',
    label: 'Gross profit',
    note: null,
    values: ['934043', '1205067'],
    style: 'subtotal',
    unit: "RMB'000",
    decimals: 0,
    figures: ['is.gross-profit@2022H1', 'is.gross-profit@2021H1'],
    states: ['ties', 'ties'],
    change: '(22.5)%',
  });
});

test.each([
  ['bs', {}, 'As at 30 June 2022 and 31 December 2021'],
  ['soce', {}, 'Six months ended 30 June 2022 and Six months ended 30 June 2021'],
  ['is', { period: '2021H2' }, 'Six months ended 31 December 2021'],
  ['bs', { period: '2021H2' }, 'As at 2021-12-31'],
  ['is', { at: '2022-03-31' }, '2022-01-01 to 2022-03-31'],
  ['bs', { at: '2022-03-31' }, 'As at 2022-03-31'],
])('%s of %j says when', async (id, axes, when) => {
  const asked = await replayed(session, axes);
  expect(statementDocument(asked, id).when).toBe(when);
  await asked.projections.close();
});

test('a matrix has a table for each period', () => {
  const { shape, tables } = statementDocument(session, '10');
  expect(shape).toBe('matrix');
  expect(tables.map(({ title, columns }) => [title, columns.length, columns[0]?.period])).toEqual([
    ['Six months ended 30 June 2022', 9, '2022H1'],
    ['Six months ended 30 June 2021', 9, '2021H1'],
  ]);
});

test('law: the accounts of a line add up to it, wherever the line is a sum of postings', () => {
  let summed = 0;
  for (const { id } of session.book.layouts) {
    const { lines, tables } = statementDocument(session, id);
    let from = 0;
    tables.forEach((each, index) => {
      for (const line of lines.slice(from, from + each.lines)) {
        if (line.style === 'heading') continue;
        const detail = lineDocument(session, { statement: id, line: line.id, table: index });
        expect(lineSchema.parse(detail)).toEqual(detail);
        expect(detail.values).toEqual(line.values);
        if (detail.accounts.length === 0) continue;
        line.values.forEach((value, column) => {
          const parts = detail.accounts.flatMap(({ values }) => values[column] ?? []);
          if (value === null || parts.length === 0) return;
          summed += 1;
          expect([line.id, compareDecimals(parts.reduce(addDecimals, '0'), value)]).toEqual([line.id, 0]);
        });
      }
      from += each.lines;
    });
  }
  expect(summed).toBeGreaterThan(500);
});

test('a line that the statement has not is refused, with what it may have been', () => {
  expect(() => lineDocument(session, { statement: 'is', line: 'is.revenues', table: 0 })).toThrow(
    'income-statement has no line "is.revenues" in its table 0',
  );
});
