/**
 * What is said of figures and ties: every document is of its schema with nothing beside it, and the documents agree with
 * each other, whichever way a figure is followed.
 */
import * as documents from '@tieout/documents';
import { join } from 'node:path';
import { checkDocument } from './check';
import { checked } from './checked';
import { coverageDocument } from './coverage';
import { explainDocument } from './explain';
import { figureDocument, figuresDocument } from './figures';
import { closeSession, openSession, type Session } from './session';
import { recordOfLedger, recordVerification } from './record';
import { sourceDocument } from './source-lines';
import { ticksDocument } from './ticks';
import { tieDocument, tiesDocument } from './ties';

let session: Session;
beforeAll(async () => {
  const host = {
    cwd: __dirname,
    books: join(__dirname, '../../../books'),
    tell: () => undefined,
    progress: () => ({ step: () => undefined, done: () => undefined }),
  };
  session = await openSession({ store: 'memory:' }, host, { replays: 'statements' });
});
afterAll(() => closeSession(session));

/** Of its schema, with no key that the schema does not have; absent where it is undefined, as JSON has it. */
const isDocument = (schema: { parse(document: unknown): unknown }, document: unknown): void => {
  const asRead: unknown = JSON.parse(JSON.stringify(document));
  expect(schema.parse(asRead)).toEqual(asRead);
};

it('every document is of its schema, and says nothing beside it', async () => {
  isDocument(documents.figuresDocument, await figuresDocument(session));
  isDocument(documents.checkDocument, await checkDocument(session));
  isDocument(documents.checkDocument, await checkDocument(session, { kinds: ['agree'], selfTest: true }));
  isDocument(documents.coverageDocument, await coverageDocument(session));
  isDocument(documents.sourceDocument, await sourceDocument(session));
  const all = await tiesDocument(session, { limit: 10_000 });
  isDocument(documents.tiesDocument, all);
  for (const { tie } of all.items.filter((_, index) => index % 7 === 0))
    isDocument(documents.tieDocument, await tieDocument(session, tie));
});

it('every fact is explained by a document of its schema, and its entries are what the replay gives', async () => {
  const facts = new Set((await figuresDocument(session)).map(({ fact }) => fact));
  for (const fact of [...facts].filter((_, index) => index % 5 === 0)) {
    const explained = await explainDocument(session, fact);
    isDocument(documents.explainDocument, explained);
    expect([fact, explained.builtFrom?.equalsReplay ?? true]).toEqual([fact, true]);
  }
});

it('questions of one session are answered from one run', async () => {
  expect(await checked(session)).toBe(await checked(session));
});

it('pages of ties are all ties, each once, in one order', async () => {
  const whole = await tiesDocument(session, { limit: 10_000 });
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await tiesDocument(session, { limit: 333, ...(after === undefined ? {} : { after }) });
    ids.push(...page.items.map(({ tie }) => tie));
    expect(page.page).toEqual({
      total: whole.items.length,
      hasMore: ids.length < whole.items.length,
      next: ids.length < whole.items.length ? ids.at(-1) : null,
    });
    if (page.page.next === null) break;
    after = page.page.next;
  }
  expect(ids).toEqual(whole.items.map(({ tie }) => tie));
});

it('ties are narrowed by kind, state, statement, figure and words', async () => {
  const { counts } = await checkDocument(session);
  const totals = async (asked: Parameters<typeof tiesDocument>[1]) =>
    (await tiesDocument(session, asked)).page.total;
  expect(await totals({ state: 'explained' })).toBe(counts.explained);
  expect(await totals({ kind: 'agree', statement: 'mda-ebitda', state: 'explained' })).toBe(2);
  const explained = await explainDocument(session, 'bs.ppe@2022-06-30');
  const about = await tiesDocument(session, { figure: 'bs.ppe@2022-06-30', limit: 1000 });
  expect(about.items.filter(({ kind }) => kind !== 'ledger').map(({ tie }) => tie)).toEqual(
    explained.ties.map(({ tie }) => tie),
  );
  expect(await totals({ q: 'EQUIPMENT  roll-forward' })).toBeGreaterThan(0);
  await expect(tiesDocument(session, { kind: 'foots' })).rejects.toMatchObject({
    problems: [{ code: 'E602', help: 'did you mean foot?' }],
  });
});

it('a tie in full has the prints of both sides, and what they add up to is what it says', async () => {
  const tie = await tieDocument(session, 'foot:bs.non-current-assets@2022-06-30');
  const sum = (of: documents.TieTerm[]): bigint =>
    of.reduce(
      (total, { times, figures: [print] }) => total + BigInt(times) * BigInt(print?.published ?? 0),
      0n,
    );
  expect(tie.state).toBe('ties');
  expect(sum(tie.sides.left.terms)).toBe(sum(tie.sides.right.terms));
  expect(tie.sides.right.terms.length).toBeGreaterThan(5);
  const broken = await tieDocument(session, 'agree:mda-ebitda.adjusted-ebitda@2022H1');
  expect(broken.causes[0]?.cause).toBe('rounding-plug');
});

it('coverage counts what check and figures count', async () => {
  const [coverage, { coverage: counts }, source] = [
    await coverageDocument(session),
    await checkDocument(session),
    await sourceDocument(session),
  ];
  expect(coverage.counts).toEqual(counts);
  const total = (of: (each: (typeof coverage.statements)[number]) => number): number =>
    coverage.statements.reduce((sum, each) => sum + of(each), 0);
  expect(total(({ figures }) => figures)).toBe(counts.figures);
  expect(source.lines.reduce((sum, { numbers }) => sum + numbers.length, 0)).toBe(counts.figures);
  for (const { kinds } of coverage.statements)
    for (const { ticked, figures } of kinds) expect(ticked).toBeLessThanOrEqual(figures);
});

it('a figure that is not there is refused, with what is near', async () => {
  const figures = await figuresDocument(session);
  expect(figureDocument('is.revenue@2022H1', figures).published).toBe('1415343');
  const refused = (): unknown => {
    try {
      return figureDocument('is.revenu@2022H1', figures);
    } catch (error) {
      return error;
    }
  };
  expect(refused()).toMatchObject({ problems: [{ code: 'E601', help: 'did you mean is.revenue@2022H1?' }] });
});

it('a ticked document says what was found of it, and how its tables should read', async () => {
  const rows = new Map<string, string[]>();
  for (const { statement, label, source } of await figuresDocument(session))
    if (statement === 'income-statement') rows.set(label, [...(rows.get(label) ?? []), source.text]);
  const text = [...rows].map(([label, prints]) => [label, ...prints].join('\t')).join('\n');
  const as = await ticksDocument(session, { name: 'page.txt', text });
  isDocument(documents.tickDocument, as);
  expect({ marks: as.marks.differs ?? 0, untested: as.counts.all.untested }).toEqual({
    marks: 0,
    untested: 0,
  });
  expect(as.runs.map(({ from, to, tables }) => [from, to, tables.map(({ table }) => table)])).toEqual([
    [1, rows.size, ['income-statement']],
  ]);
  const changed = await ticksDocument(session, {
    name: 'page.txt',
    text: text.replace('(481,300)', '(481,030)'),
  });
  expect(changed.numbers.filter(({ mark }) => mark === 'differs').map((each) => each.text)).toEqual([
    '(481,030)',
  ]);
  expect([as.result, changed.result]).toEqual(['ties', 'findings']);
});

it('a record is of its schema, the same each time, and verified against itself; a changed one is not', async () => {
  const tool = { name: 'tieout', version: 'of this spec' };
  const record = await recordOfLedger(session, tool);
  isDocument(documents.recordDocument, record);
  expect((await recordOfLedger(session, tool)).sha256).toBe(record.sha256);
  const same = await recordVerification(session, record, tool);
  isDocument(documents.recordVerificationDocument, same);
  expect(same).toMatchObject({ result: 'equal', differences: [] });
  const changed = { ...record, log: { ...record.log, length: 1 } };
  const other = await recordVerification(session, changed, tool);
  expect(other.differences.map(({ path }) => path)).toEqual(['/sha256', '/log/length']);
});
