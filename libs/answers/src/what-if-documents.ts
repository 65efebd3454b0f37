/**
 * What comes of a what-if, as documents: what it posts, what it changes, what still holds; and what there is to ask with.
 */
import type {
  DriversDocument,
  ScenariosDocument,
  WhatIfBridgeDocument,
  WhatIfCompareDocument,
  WhatIfDocument,
  WhatIfSeekDocument,
  WhatIfTableDocument,
  WhatIfTornadoDocument,
} from '@tieout/documents';
import { refuse } from '@tieout/events';
import { formatMinor } from '@tieout/money';
import {
  decimalOf,
  levelsNow,
  patchOf,
  type Axis,
  type Change,
  type Simulation,
  type Sought,
  type Tornado,
  type WhatIf,
} from '@tieout/what-if';
import { inBookUnit } from './journal';
import type { Session } from './session';
import { suggestion } from './suggestion';

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** One what-if: amounts are decimal strings in the unit beside them. */
export function whatIfDocument(session: Session, simulation: Simulation): WhatIfDocument {
  const { book, revision, basis } = session;
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
        amount: inBookUnit(minor, session),
        unit,
        dimensions,
      })),
    })),
    changes: changes.map(
      ({
        fact,
        label,
        statement,
        unit,
        beforeText,
        afterText,
        change,
        percent,
        decimals,
        notDeterminable,
      }) => ({
        ...{
          id: fact,
          label,
          statement,
          unit,
          before: orNull(beforeText),
          after: orNull(afterText),
          change: orNull(change),
          percent: orNull(percent),
          decimals,
        },
        ...(notDeterminable === undefined ? {} : { notDeterminable }),
      }),
    ),
    contributions: changes.map((change) => ({ id: change.fact, by: [...simulation.contributions(change)] })),
    invariants: { held: invariants.held, broken: invariants.broken.length },
    publishedTies: {
      agree: published.agreeing,
      differ: published.differing.length,
      differing: published.differing.map(({ figure }) => figure.id),
    },
    warnings: [...warnings],
    notes: [...notes],
    patch: [...patchOf(changes)],
  };
}

export const whatIfCompareDocument = (
  session: Session,
  simulations: readonly Simulation[],
): WhatIfCompareDocument => ({
  schema: 'tieout.whatif-compare/1',
  scenarios: simulations.map((each) => whatIfDocument(session, each)),
});

export const scenariosDocument = ({ book }: Pick<Session, 'book'>): ScenariosDocument =>
  book.scenarios.map(({ id, title, note, adjustments, rules }) => ({
    id,
    title,
    note: orNull(note),
    adjustments: adjustments.length,
    rules: { ...rules },
  }));

export const driversDocument = (asked: WhatIf): DriversDocument =>
  levelsNow(asked).map(
    ({ driver: { id, name, kind, unit, base, illustrative, range, note, period }, level }) => ({
      id,
      name,
      kind,
      unit,
      period,
      level: level ? decimalOf(level) : null,
      base,
      illustrative: illustrative ?? false,
      range: orNull(range),
      note: orNull(note),
    }),
  );

export function whatIfBridgeDocument(simulation: Simulation, figure: string): WhatIfBridgeDocument {
  const change = changedFigure(simulation, figure);
  return {
    schema: 'tieout.whatif-bridge/1',
    id: figure,
    unit: change.unit,
    before: orNull(change.beforeText),
    after: orNull(change.afterText),
    contributions: [...simulation.contributions(change)],
  };
}

/** A figure that the scenario changes; refuses (E705) one that it does not. */
export function changedFigure({ changes, base }: Simulation, figure: string): Change {
  const found = changes.find(({ fact }) => fact === figure);
  if (found) return found;
  const names = changes.map(({ fact }) => fact);
  const id = figure.slice(0, figure.lastIndexOf('@'));
  return refuse(
    'E705',
    base.concepts.has(id) ? `the scenario does not change ${figure}` : `no figure "${figure}"`,
    { help: suggestion(figure, names, 'tieout whatif … --all shows what it changes') },
  );
}

export function whatIfSeekDocument(
  session: Session,
  asked: WhatIf,
  goal: { readonly figure: string; readonly value: string; readonly by: string },
  { simulation, ...sought }: Sought,
): WhatIfSeekDocument {
  const { figure, value, by } = goal;
  return {
    schema: 'tieout.whatif-seek/1',
    figure,
    value,
    by,
    unit: unitOfDriver(asked, by),
    ...sought,
    whatif: whatIfDocument(session, simulation),
  };
}

export const unitOfDriver = ({ base }: WhatIf, driver: string): string =>
  base.driverBook.drivers.find(({ id }) => id === driver)?.unit ?? '';

export const whatIfTornadoDocument = ({
  figure,
  unit,
  percent,
  bars,
  left,
}: Tornado): WhatIfTornadoDocument => ({
  schema: 'tieout.whatif-tornado/1',
  figure,
  unit,
  percent,
  bars: bars.map(({ driver, low, high }) => ({ driver: driver.id, base: driver.base, low, high })),
  left: [...left],
});

export function whatIfTableDocument(
  { facts }: WhatIf,
  figure: string,
  { rows, columns }: { readonly rows: Axis; readonly columns: Axis },
  cells: readonly (readonly (string | undefined)[])[],
): WhatIfTableDocument {
  const plain = ({ driver, levels }: Axis) => ({ driver, levels: [...levels] });
  return {
    schema: 'tieout.whatif-table/1',
    figure,
    unit: facts.shown.find(({ fact }) => fact === figure)?.unit ?? '',
    rows: plain(rows),
    columns: plain(columns),
    values: cells.map((row) => row.map(orNull)),
  };
}
