/**
 * A what-if for scripts.
 */
import { formatMinor } from '@tieout/money';
import { decimalOf, patchOf, type Simulation } from '@tieout/what-if';
import type { Session } from '../session';

export const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** One what-if for scripts: amounts are decimal strings in the unit beside them. */
export function whatIfJson({ book, revision, basis }: Session, simulation: Simulation): unknown {
  const { scenario, applied, entries, changes, invariants, published, warnings, notes } = simulation;
  return {
    schema: 'tieout.whatif/1',
    book: book.id,
    revision,
    hypothetical: true,
    basis,
    scenario: {
      id: scenario.id,
      title: scenario.title,
      note: orNull(scenario.note),
      rules: { tax: 'hold', nci: 'hold', cash: 'non-cash', ...scenario.rules },
    },
    adjustments: applied.map(({ text, moved, adjustment }) => ({
      kind: adjustment.kind,
      text,
      driver: orNull(moved?.driver.id),
      unit: orNull(moved?.driver.unit),
      before: moved ? decimalOf(moved.before) : null,
      after: moved ? decimalOf(moved.after) : null,
      base: orNull(moved?.driver.base),
      illustrative: moved?.driver.illustrative ?? false,
    })),
    entries: entries.map(({ id, rule, event, date, description, postings, adjustment, follows, of }) => ({
      ...{ id, event, date, description, rule, adjustment, follows, of: orNull(of) },
      postings: postings.map(({ account, movement, minor, unit, dimensions }) => ({
        account,
        movement,
        minor: formatMinor(minor),
        unit,
        dimensions,
      })),
    })),
    changes: changes.map(
      ({ fact, label, statement, unit, beforeText, afterText, change, percent, notDeterminable }) => ({
        ...{
          id: fact,
          label,
          statement,
          unit,
          before: orNull(beforeText),
          after: orNull(afterText),
          change: orNull(change),
          percent: orNull(percent),
        },
        ...(notDeterminable === undefined ? {} : { notDeterminable }),
      }),
    ),
    contributions: changes.map((change) => ({ id: change.fact, by: simulation.contributions(change) })),
    invariants: { held: invariants.held, broken: invariants.broken.length },
    publishedTies: {
      agree: published.agreeing,
      differ: published.differing.length,
      differing: published.differing.map(({ figure }) => figure.id),
    },
    warnings,
    notes,
    patch: patchOf(changes),
  };
}
