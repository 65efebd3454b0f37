/**
 * The replay of a session as the base of what-ifs. Nothing here writes to the log: a what-if has no way to.
 */
import type { ScenarioContext } from '@tieout/book';
import { Journal, Periods, RecordedFacts, TrialBalance } from '@tieout/projections';
import { whatIf, type WhatIf } from '@tieout/what-if';
import type { Session } from './session';

/** Of each session the base at the revision that its replay stands at. */
const bases = new WeakMap<Session, { readonly revision: number; readonly base: Promise<WhatIf> }>();

/** The books as they stand, ready to be asked: prepared once for all what-ifs of a session. */
export function askedOf(session: Session): Promise<WhatIf> {
  const { revision } = session.replay;
  const known = bases.get(session);
  if (known?.revision === revision) return known.base;
  const base = prepared(session);
  bases.set(session, { revision, base });
  return base;
}

async function prepared({ projections, replay, book }: Session): Promise<WhatIf> {
  const { facts } = replay.stateOf(projections.get(RecordedFacts));
  const { periods } = replay.stateOf(projections.get(Periods));
  return whatIf({
    name: `rev ${replay.revision}`,
    chart: book.chart,
    concepts: book.concepts,
    layouts: book.layouts,
    footings: book.footings,
    figures: book.figures,
    entries: await projections.get(Journal).condensed(),
    cube: replay.stateOf(projections.get(TrialBalance)).cube,
    recorded: new Map(Object.entries(facts).map(([fact, { value }]) => [fact, value])),
    closed: new Set([...periods.values()].filter(({ open }) => !open).map(({ id }) => id)),
    driverBook: book.drivers,
    amounts: book.amountUnit,
  });
}

export const scenarioContext = ({ book }: Pick<Session, 'book'>): ScenarioContext => ({
  chart: book.chart,
  amountUnit: book.amountUnit,
  concepts: [...book.concepts.keys()],
});
