/**
 * The SenseTime book as a base of what-ifs: its seed journal, folded; no store, because nothing here needs one.
 */
import { readBook, type Book } from '@tieout/book';
import { foldPostings } from '@tieout/cube';
import { inUnit, type Concept } from '@tieout/statements';
import { whatIf, type Base, type Scenario, type Simulation, type WhatIf } from '@tieout/what-if';
import { join } from 'node:path';

/** A book's seed as a base. */
export function baseOf(book: Book, more: readonly Concept[] = []): Base {
  const { chart, layouts, footings, figures, drivers, amountUnit } = book;
  const entries = book.journal.flatMap((file) => file.entries.map(({ entry }) => entry));
  return {
    name: 'seed',
    chart,
    concepts: new Map([...book.concepts, ...more.map((concept): [string, Concept] => [concept.id, concept])]),
    layouts,
    footings,
    figures,
    entries,
    cube: foldPostings(
      entries.map(({ postings }, position) => ({ position, legs: postings })),
      'log',
    ),
    recorded: new Map(book.facts.map(({ fact, of, value }) => [`${fact}@${of}`, value])),
    closed: new Set(book.journal.filter(({ close }) => close).map(({ period }) => period)),
    driverBook: drivers,
    amounts: amountUnit,
  };
}

export const theBook = (): Book => readBook(join(__dirname, '../../books/sensetime-2022-interim'));

/** Of drivers and levels: `{ impairment: '+20%' }`. */
export const setting = (
  levels: Readonly<Record<string, string>>,
  more: Partial<Scenario> = {},
): Scenario => ({
  id: 'test',
  title: 'test',
  adjustments: Object.entries(levels).map(([driver, to]) => ({ kind: 'set', driver, to })),
  rules: {},
  reopens: [],
  undetermined: [],
  ...more,
});

/** A fact of the scenario's world in RMB'000, or in `unit`. */
export function figure(of: Simulation | WhatIf, fact: string, unit = "RMB'000"): string | undefined {
  const figures = 'figures' in of ? of.figures : of.facts.figures;
  const value = figures.value(fact);
  return value && inUnit(value, unit, of.base.chart);
}

export { whatIf };
