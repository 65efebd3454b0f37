/**
 * SenseTime's book beside its tables: every claim of the prose that reaches a fact rounds from it, every declared tie
 * holds, and what does not is explained, print by print, and nothing else is.
 */
import { join } from 'node:path';
import { checkFigures } from '@tieout/proof';
import { evaluator, indexLegs } from '@tieout/statements';
import { readBook } from './folder';
import { checkProvenance } from './provenance';

const book = readBook(join(__dirname, '../../../books/sensetime-2022-interim'));
const world = {
  chart: book.chart,
  concepts: book.concepts,
  legs: indexLegs(book.journal.flatMap(({ entries }) => entries.flatMap(({ entry }) => entry.postings))),
  recorded: new Map(book.facts.map(({ fact, of, value }) => [`${fact}@${of}`, value])),
};
const confirmed = new Set(book.confirmations.map(({ figure }) => figure));
const { figures, footings, layouts, claims, explanations, ties } = book;
const check = checkFigures({
  ...{ figures, footings, layouts, claims, explanations, world, declared: ties },
  evaluator: evaluator(world),
  recorded: (figure) => ({ confirmed: confirmed.has(figure) }),
  amounts: book.amountUnit.text,
});

it('explains each print that does not round, and nothing that does', () => {
  expect(
    check.figures.filter(({ state }) => state === 'does-not-tie').map(({ figure }) => figure.id),
  ).toStrictEqual([]);
  const explained = check.figures.filter(({ state }) => state === 'explained').map(({ figure }) => figure.id);
  expect(explained).toStrictEqual([
    'mda-ebitda.ebitda@2021H1',
    'mda-ebitda.adjusted-ebitda@2022H1',
    'mda-ebitda.adjusted-ebitda@2021H1',
    'mda-receivables-aging.note11-aging.more-than-3-years@2022-06-30',
    'mda-cash-flows.cf.currency-translation@2021H1',
    'prose.227.1',
    'prose.231.1',
  ]);
  expect(explanations.map(({ subject }) => subject).toSorted()).toStrictEqual(explained.toSorted());
  expect(check.stale).toStrictEqual([]);
});

it('declares ties that hold, on print alone', () => {
  const declared = new Set(ties.map(({ id }) => id));
  const run = check.ties.filter(({ tie }) => declared.has(tie.id));
  expect(run.length).toBe(declared.size);
  expect(run.filter(({ state }) => state !== 'ties' && state !== 'within-rounding')).toStrictEqual([]);
});

it('says of each claim what it reaches, or why nothing does', () => {
  expect(claims.length).toBe(223);
  expect(claims.filter(({ fact }) => fact !== undefined).length).toBe(119);
  expect(check.unreached.filter(({ why }) => why.length < 10)).toStrictEqual([]);
  // In the order of the document, and numbered so.
  const places = claims.map(({ id, sourceLine }) => [id.split('.')[1], String(sourceLine)]);
  expect(places.filter(([inId, line]) => inId !== line)).toStrictEqual([]);
});

it('proves where its amounts come from', () => {
  expect(checkProvenance(book)).toStrictEqual([]);
});
