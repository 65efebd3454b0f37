/**
 * What comes of a what-if, as documents: what it posts, what it changes, what still holds; and what there is to ask with.
 */
import { readScenarioText, scenarioToYaml } from '@tieout/book';
import type {
  DriversDocument,
  ScenariosDocument,
  WhatIfBridgeDocument,
  WhatIfCompareDocument,
  WhatIfDocument,
  WhatIfRangeDocument,
  WhatIfSeekDocument,
  WhatIfTableDocument,
  WhatIfTornadoDocument,
} from '@tieout/documents';
import { LedgerError, refuse } from '@tieout/events';
import { formatMinor, type Minor } from '@tieout/money';
import { parseFactId } from '@tieout/statements';
import {
  decimalOf,
  levelsNow,
  patchOf,
  rangeOf,
  restingOn,
  type Axis,
  type Change,
  type End,
  type Range,
  type Resting,
  type Simulation,
  type Solve,
  type Sought,
  type Tornado,
  type WhatIf,
} from '@tieout/what-if';
import { inBookUnit } from './journal';
import type { Session } from './session';
import { suggestion } from './suggestion';
import { scenarioContext } from './what-if';

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

/** What a figure rests on, and the range that the rest of the document leaves it. Refuses (E601) what is no sum of postings. */
export function rangeAsked(
  { book }: Session,
  asked: WhatIf,
  fact: string,
  solve: Solve,
): { readonly resting: Resting; readonly range: Range } {
  const resting = restingOn(fact, asked.base);
  const range = rangeOf(fact, asked.base, { claims: book.claims, solve });
  const disclosed = asked.facts.figures.value(fact)?.kind === 'money';
  return resting && range && disclosed ? { resting, range } : refuseNoRange(fact, asked);
}

export function whatIfRangeDocument(
  { book }: Session,
  figure: string,
  { resting, range }: ReturnType<typeof rangeAsked>,
): WhatIfRangeDocument {
  const amounts = (parts: Readonly<Record<string, Minor>>): Record<string, string> =>
    Object.fromEntries(Object.entries(parts).map(([name, minor]) => [name, formatMinor(minor)]));
  return {
    schema: 'tieout.whatif-resting/1',
    figure,
    unit: `${book.chart.currency} minor units`,
    amount: amounts(resting.amount),
    allocation: amounts(resting.allocation),
    entries: [...resting.entries],
    range: {
      now: formatMinor(range.minor),
      low: endJson(range.low),
      high: endJson(range.high),
      freeEntries: [...range.entries],
      held: range.held,
    },
  };
}

function endJson(end: End): WhatIfRangeDocument['range']['low'] {
  const minor = 'minor' in end ? formatMinor(end.minor) : null;
  const heldBy =
    'heldBy' in end ? { facts: [...end.heldBy.facts], accounts: [...end.heldBy.accounts] } : null;
  return { minor, how: end.how, heldBy, why: 'why' in end ? end.why : null };
}

/** A range is of amounts: what is no sum of them says what it is made of. */
function refuseNoRange(fact: string, { base, facts }: WhatIf): never {
  const id = parseFactId(fact);
  const formula = id && base.concepts.get(id.concept)?.formula;
  const lists = 'figures are like is.loss@2022H1: tieout figures lists them';
  if (!formula || !facts.figures.value(fact))
    return refuse('E601', `no figure "${fact}"`, {
      help: suggestion(
        fact,
        facts.shown.map((shown) => shown.fact),
        lists,
      ),
    });
  const value = facts.figures.value(fact);
  if (value?.kind === 'not-disclosed') return refuse('E601', `"${fact}" is not disclosed: ${value.why}`);
  const parts =
    formula.kind === 'quotient'
      ? [formula.numerator, formula.denominator]
      : formula.kind === 'change'
        ? [formula.of]
        : [];
  return refuse('E601', `"${fact}" is no sum of postings, and only of those is there a range`, {
    help: parts.length > 0 ? `it is made of ${parts.join(' and ')}: ask for those` : lists,
  });
}

/**
 * The scenario as the text of a file, which changes what the shown one changes: this is tried. Refuses (E602) what one file
 * cannot say: scenarios that build on each other, or follow different rules.
 */
export function savedScenario(
  session: Pick<Session, 'book'>,
  asked: WhatIf,
  simulation: Simulation,
  id: string,
): string {
  const { scenario } = simulation;
  const [first, ...others] = simulation.applied.map(({ stage }) => stage?.rules ?? scenario.rules);
  const oneRule = others.every((rules) => JSON.stringify(rules) === JSON.stringify(first));
  const text = scenarioToYaml(
    { ...scenario, id, title: scenario.title === 'unsaved' ? id : scenario.title, rules: first ?? {} },
    session.book,
  );
  if (!oneRule || !changesTheSame(session, asked, simulation, text))
    refuse('E602', 'these scenarios build on each other, which one file cannot say', {
      help: 'save each of them alone, and name the files together',
    });
  return text;
}

function changesTheSame(
  session: Pick<Session, 'book'>,
  asked: WhatIf,
  { changes }: Simulation,
  text: string,
): boolean {
  try {
    const again = asked.simulate(readScenarioText(text, 'the saved scenario', scenarioContext(session)));
    return JSON.stringify(patchOf(again.changes)) === JSON.stringify(patchOf(changes));
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}
