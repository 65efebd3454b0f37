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
import { sourceDocument } from './source-lines';
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
  expect(() => figureDocument('is.revenu@2022H1', figures)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ code: 'E601' })] }),
  );
});
