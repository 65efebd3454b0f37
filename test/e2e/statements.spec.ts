/**
 * The primary statements as the command prints them: each value equal to the published one, in every form of output,
 * at every width, on both axes of time.
 */
import { csvTable, printedIn, shown, type Printed } from '../support/published';
import { amountsIn, matrixAmounts } from '../support/statement-text';
import { emptyFolder, loadedFolder, tieout, tieoutJson } from '../support/command';

const primary = [
  { command: 'is', id: 'income-statement', columns: 2 },
  { command: 'oci', id: 'comprehensive-income', columns: 2 },
  { command: 'bs', id: 'balance-sheet', columns: 2 },
  { command: 'soce', id: 'changes-in-equity', columns: 7 },
  { command: 'cf', id: 'cash-flows', columns: 2 },
] as const;

interface StatementJson {
  readonly schema: string;
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly revision: number;
  readonly lines: readonly {
    readonly id: string;
    readonly label: string;
    readonly note: string | null;
    readonly values: readonly (string | null)[];
    readonly style: string;
    readonly unit: string;
  }[];
}

let folder: string;
beforeAll(async () => {
  folder = await loadedFolder();
}, 60_000);

const published = (prints: readonly Printed[]): string[] => prints.map((each) => each.published);

/** A quotient is replayed in full and published rounded: to two places here, half away from nil. */
const asPublished = (value: string, unit: string): string =>
  unit === 'RMB per share' ? Number(value).toFixed(2) : value;

/** All values that a statement has, in order. */
const valuesOf = ({ lines }: StatementJson): string[] =>
  lines.flatMap(({ values, unit }) =>
    values.flatMap((each) => (each === null ? [] : [asPublished(each, unit)])),
  );

const said = async (args: readonly string[], columns?: number): Promise<string> => {
  const ended = await tieout(folder, ['-q', ...args], { env: columns ? { COLUMNS: `${columns}` } : {} });
  expect({ args, code: ended.code, err: ended.err }).toEqual({ args, code: 0, err: '' });
  return ended.out;
};

describe.each(primary)('$command', ({ command, id, columns }) => {
  const prints = printedIn(id);
  const expected = prints.map((each) => shown(each.published));
  const amounts = (text: string): string[] =>
    columns === 7 ? matrixAmounts(text, columns, 'As at beginning of period') : amountsIn(text, columns);

  it('prints every published amount at 80 and at 160 columns, and nothing wider', async () => {
    const [narrow, wide] = await Promise.all([said([command], 80), said([command], 160)]);
    expect(amounts(narrow)).toEqual(expected);
    expect(amounts(wide)).toEqual(expected);
    const widest = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));
    expect(widest(narrow)).toBeLessThanOrEqual(80);
    expect(widest(wide)).toBeLessThanOrEqual(160);
    expect(narrow).toMatch(/^SenseTime Group Inc\.\nInterim condensed consolidated /);
    expect(narrow).toMatch(/RMB'000 · reconstructed entries · rev \d+$/m);
  });

  it('prints nothing but ASCII where that is asked for, and the same amounts', async () => {
    const text = await said([command, '--ascii']);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(amounts(text)).toEqual(expected);
  });

  it('is a JSON document whose values are decimal strings, equal to what was published', async () => {
    const document = await tieoutJson<StatementJson>(folder, [command]);
    expect(document).toMatchObject({ schema: 'tieout.statement/1', id, basis: 'reconstructed entries' });
    expect(document.columns).toHaveLength(columns);
    for (const line of document.lines) {
      expect(Object.keys(line)).toEqual(
        expect.arrayContaining(['id', 'label', 'note', 'values', 'style']) as string[],
      );
      expect(line.values).toHaveLength(line.style === 'heading' ? 0 : columns);
      for (const value of line.values) if (value !== null) expect(value).toMatch(/^-?\d+(\.\d+)?$/);
    }
    expect(valuesOf(document)).toEqual(published(prints));
    expect(await tieoutJson<StatementJson>(folder, ['statement', id])).toEqual(document);
  });

  it('is CSV without digit marks, with the same values', async () => {
    const [head, ...rows] = csvTable(await said([command, '--csv']));
    expect(head?.slice(0, 5)).toEqual(['table', 'line', 'label', 'note', 'unit']);
    const values = rows.flatMap(([, , , , unit = '', ...cells]) =>
      cells.flatMap((cell) => (cell === '' ? [] : [asPublished(cell, unit)])),
    );
    expect(values).toEqual(published(prints));
  });
});

it('shows money in millions where that is asked for, and leaves other units as they are', async () => {
  const text = await said(['is', '-u', 'm']);
  expect(text).toContain('RMB million · reconstructed entries');
  expect(amountsIn(text, 2).slice(0, 4)).toEqual(['1,415.3', '1,651.8', '(481.3)', '(446.7)']);
  expect(amountsIn(text, 2).slice(-2)).toEqual(['(0.10)', '(0.39)']);
});

it('computes the change column, and leaves columns out with a word where the terminal is narrow', async () => {
  expect(await said(['is'], 100)).toMatch(/^Revenue .*1,415,343 +1,651,809 +\(14\.3\)% /m);
  expect(await said(['is'], 100)).toMatch(/^Other \(losses\)\/gains – net .*\(798,784\) +206,446 +n\/m /m);
  expect(await said(['is'], 89)).not.toContain('Change');
  const narrow = await tieout(folder, ['is'], { env: { COLUMNS: '69' } });
  expect(narrow.out).not.toContain('1,651,809');
  expect(narrow.err).toBe('the comparative column is left out below 70 columns; --csv and --json have it\n');
});

describe('at a day', () => {
  it.each([
    ['2022-06-30', '2022H1'],
    ['2021-12-31', '2021H2'],
  ])('%s: every balance is the published one', async (day, column) => {
    const document = await tieoutJson<StatementJson>(folder, ['bs', '--at', day]);
    const prints = printedIn('balance-sheet').filter((each) => each.column === column);
    expect(document.columns).toEqual([day]);
    expect(valuesOf(document)).toEqual(published(prints));
    expect(prints).toHaveLength(48);
  });

  it('2021-06-30: what other statements and notes disclose is known, the rest is not, and says why', async () => {
    const { lines } = await tieoutJson<StatementJson>(folder, ['bs', '--at', '2021-06-30']);
    const known = new Map(lines.flatMap(({ id, values: [value] }) => (value ? [[id, value]] : [])));
    const equity = printedIn('changes-in-equity').filter(
      ({ line, column }) => line === 'soce.closing' && column.startsWith('2021H1/'),
    );
    expect(Object.fromEntries(known)).toEqual({
      'bs.ppe': '2226109', // note 10
      'bs.fvpl.non-current': '4498494', // note 12
      'bs.fvpl.current': '2186374',
      'bs.cash': '8925817', // the cash flow statement
      'bs.share-capital': '2',
      'bs.other-reserves': '1009823',
      'bs.translation-reserve': '1318979',
      'bs.accumulated-losses': '-25415174',
      'bs.equity.owners': '-23086370',
      'bs.nci': '125409',
      'bs.equity': '-22960961',
      'bs.undisclosed': '40797755',
    });
    expect(equity.map((each) => each.published)).toEqual([
      '2',
      '1009823',
      '1318979',
      '-25415174',
      '-23086370',
      '125409',
      '-22960961',
    ]);
    const text = await said(['bs', '--at', '2021-06-30']);
    expect(text).toMatch(/^Total assets +n\.d\.$/m);
    expect(text).toContain('n.d. not disclosed: no balance sheet at 2021-06-30 is published');
  });

  it('a flow over part of a period is held against no print of the whole', async () => {
    expect(await said(['is', '--at', '2022-03-31'])).not.toMatch(/[✓✗≈◇]/);
    expect(amountsIn(await said(['is', '--at', '2022-06-30']), 1)).toEqual(
      printedIn('income-statement').flatMap(({ column, published: each }) =>
        column === '2022H1' ? [shown(each)] : [],
      ),
    );
  });
});

it('shows one period: changes in equity of the first half of 2021', async () => {
  const document = await tieoutJson<StatementJson>(folder, ['soce', '-p', '2021H1']);
  const prints = printedIn('changes-in-equity').filter(({ column }) => column.startsWith('2021H1/'));
  expect(valuesOf(document)).toEqual(published(prints));
});

it('knows at an earlier position what was known then, whatever was posted since', async () => {
  const own = await loadedFolder();
  const entry = `- { id: JE-LATE, event: ExpenseIncurred, date: 2022-06-30, description: Late, postings: [
    { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: 1200 },
    { account: payables.other.third, movement: recognised, cr: 1200 } ] }`;
  const { revision } = await tieoutJson<StatementJson>(own, ['is']);
  const [isBefore, bsBefore] = await Promise.all(
    ['is', 'bs'].map(async (command) => (await tieout(own, ['-q', command])).out),
  );
  expect(await tieout(own, ['-q', 'post', '-'], { input: entry })).toMatchObject({ code: 0, err: '' });
  const [now, is, bs] = await Promise.all(
    [['is'], ['is', '--known-at', `${revision}`], ['bs', '--known-at', `${revision}`]].map(
      async (args) => (await tieout(own, ['-q', ...args])).out,
    ),
  );
  expect(now).toMatch(/^Administrative expenses .*\(769,829\)/m);
  expect(is).toBe(isBefore);
  expect(bs).toBe(bsBefore);
}, 20_000);

describe('what is not known is refused with 2, one next step, and nothing on stdout', () => {
  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a command', ['iss'], /error\[E601\]: no command "iss"[^]*did you mean is\?/],
    ['a statement', ['statement', 'balance-shet'], /error\[E601\][^]*did you mean balance-sheet\?/],
    ['a note', ['note', '99'], /error\[E601\]: the book sensetime-2022-interim has no statement "note-99"/],
    ['a period', ['is', '-p', '2021H3'], /error\[E601\][^]*did you mean 2021H1\?/],
    ['an entry', ['show', 'JE-2022H1-1O'], /error\[E210\][^]*did you mean JE-2022H1-10\?/],
    ['an option', ['is', '--jso'], /unknown option '--jso'\n\(Did you mean --json\?\)/],
    ['an argument too many', ['is', 'now'], /too many arguments/],
    ['a day', ['is', '--at', '2022-02-30'], /error\[E602\]: --at takes a day of the calendar/],
    ['a day of no period', ['is', '--at', '2025-01-01'], /it runs from 2021-01-01 to 2022-06-30/],
    ['a day and a period', ['is', '--at', '2022-06-30', '-p', '2022H1'], /contradict each other/],
    ['a unit', ['is', '-u', 'q'], /--units takes 1, k, m or bn, not "q"/],
    ['a position', ['is', '--known-at', 'x'], /--known-at takes a log position, not "x"/],
    ['a position to come', ['is', '--known-at', '9999'], /after the end of the log, \d+$/m],
    ['a topic', ['help', 'E2001'], /error\[E601\]: no help on "E2001"[^]*did you mean E201\?/],
    ['an export format', ['export', 'xyz'], /error\[E601\]: no export format "xyz"/],
  ];
  it.each(refusals)('%s', async (_, args, message) => {
    const ended = await tieout(folder, args);
    expect({ code: ended.code, out: ended.out }).toEqual({ code: 2, out: '' });
    expect(ended.err).toMatch(message);
  });

  it('as one JSON document on stderr, where JSON is asked for', async () => {
    const { code, out, err } = await tieout(folder, ['statement', 'balance-shet', '--json', '-q']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(JSON.parse(err)).toMatchObject({
      schema: 'tieout.refusal/1',
      written: false,
      errors: [{ code: 'E601', help: 'did you mean balance-sheet?' }],
    });
  });

  it('a book that is not there is refused with 3', async () => {
    const { code, out, err } = await tieout(emptyFolder(), ['-b', 'no-such-book', 'is']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/error\[E101\]: cannot read the book folder/);
  });
});
