/**
 * Prints: every figure and every claim of the prose, as what its digits can stand for.
 *
 * A print that says the amount to the journal's own unit is exact; a coarser one is an interval by its last digit. A
 * dash is nil. Of several prints of a fact the most precise is the one that others are held against; of those the
 * value printed most often, so that one slip among four prints is found where it stands.
 */
import {
  compareDecimals,
  exactly,
  includes,
  parseUnit,
  placesOf,
  printedInterval,
  shiftDecimal,
  type Interval,
} from '@tieout/money';
import type { PublishedFigure } from '@tieout/statements';
import type { Claim } from './declared';
import { quantityOf, type Quantity } from './quantity';
import { intervalOf } from './state';

export interface Print {
  readonly figure: PublishedFigure;
  readonly quantity: Quantity;
  /** Says the amount to the journal's own unit. */
  readonly exact: boolean;
}

export interface Prints {
  /** Of a grain. */
  readonly places: number;
  readonly all: readonly Print[];
  get(figure: string): Print | undefined;
  of(fact: string): readonly Print[];
  /** The print that stands for a fact. */
  reference(fact: string): Print | undefined;
}

/** The statement that claims of the prose are said to stand in. */
export const prose = 'prose';

/** A claim as a print; undefined where nothing in the document reaches it. */
export function figureOfClaim({
  id,
  fact,
  sourceLine,
  text,
  unit,
  published,
}: Claim): PublishedFigure | undefined {
  if (fact === undefined) return undefined;
  const time = fact.slice(fact.lastIndexOf('@') + 1);
  return {
    id,
    fact,
    statement: prose,
    line: id,
    label: text,
    column: time,
    period: time,
    unit,
    published,
    text,
    sourceLine,
    reading: 'printed',
  };
}

const exponentOf = (unit: string): number => parseUnit(unit)?.exponent ?? 0;

/** Does the print say the amount to the journal's own unit? Counts to one; shares of a whole never do. */
export function saysExactly({ unit, published, reading }: PublishedFigure, amounts: string): boolean {
  if (reading === 'below-unit') return false;
  if (reading === 'nil') return true;
  const shown = parseUnit(unit);
  if (!shown) return false;
  const last = shown.exponent - placesOf(published);
  switch (shown.kind) {
    case 'money':
      return last <= exponentOf(amounts);
    case 'count':
      return last <= 0;
    case 'per-share':
    case 'percent':
      return false;
  }
}

const lastDigit = ({ unit, published }: PublishedFigure): number => exponentOf(unit) - placesOf(published);

/** Half of the last digit, in places. */
const placesFor = (figure: PublishedFigure): number => Math.max(0, 1 - lastDigit(figure));

/** One unit of the last digit printed, as a decimal of one. */
export const lastUnit = (figure: PublishedFigure): string => shiftDecimal('1', lastDigit(figure));

/** Does the one say as much as the other, in the same unit? Then they must be equal as printed. */
export const samePrecision = (a: PublishedFigure, b: PublishedFigure): boolean =>
  a.unit === b.unit &&
  lastDigit(a) === lastDigit(b) &&
  a.reading !== 'below-unit' &&
  b.reading !== 'below-unit';

export function printsOf(
  figures: readonly PublishedFigure[],
  claims: readonly Claim[],
  amounts: string,
): Prints {
  const claimed = claims.flatMap((claim) => {
    const figure = figureOfClaim(claim);
    return figure ? [{ figure, mode: claim.mode ?? 'nearest' }] : [];
  });
  const read = [...figures.map((figure) => ({ figure, mode: 'nearest' as const })), ...claimed];
  const places = Math.max(0, ...read.map(({ figure }) => placesFor(figure)));
  const all = read.map(({ figure, mode }): Print => {
    const exact = saysExactly(figure, amounts);
    const exponent = exponentOf(figure.unit);
    const around: Interval = exact
      ? exactly(figure.published)
      : mode === 'truncated'
        ? printedInterval(figure.published, mode)
        : intervalOf(figure);
    const interval = {
      ...around,
      low: shiftDecimal(around.low, exponent),
      high: shiftDecimal(around.high, exponent),
    };
    return {
      figure,
      exact,
      quantity: quantityOf(shiftDecimal(figure.published, exponent), interval, places),
    };
  });
  const byId = new Map(all.map((print) => [print.figure.id, print]));
  const byFact = new Map<string, Print[]>();
  for (const print of all) {
    const known = byFact.get(print.figure.fact);
    if (known) known.push(print);
    else byFact.set(print.figure.fact, [print]);
  }
  const references = new Map([...byFact].map(([fact, prints]) => [fact, mostPrecise(prints)]));
  return {
    places,
    all,
    get: (figure) => byId.get(figure),
    of: (fact) => byFact.get(fact) ?? [],
    reference: (fact) => references.get(fact),
  };
}

/** Of the prints of a fact: read before repaired, narrow before wide, the value printed most often, the first. */
function mostPrecise(prints: readonly Print[]): Print | undefined {
  const read = prints.filter(({ figure }) => figure.reading !== 'repaired');
  const candidates = read.length > 0 ? read : prints;
  const width = ({ quantity }: Print): bigint => quantity.high - quantity.low;
  const narrowest = candidates.reduce<bigint | undefined>(
    (least, print) => (least === undefined || width(print) < least ? width(print) : least),
    undefined,
  );
  const narrow = candidates.filter((print) => width(print) === narrowest);
  const times = (print: Print): number =>
    narrow.filter(({ quantity }) => quantity.value === print.quantity.value).length;
  return narrow.reduce<Print | undefined>(
    (best, print) => (best === undefined || times(print) > times(best) ? print : best),
    undefined,
  );
}

/** Could the print stand for this amount of its unit? */
export const couldSay = ({ figure, exact }: Print, value: string): boolean =>
  exact ? compareDecimals(figure.published, value) === 0 : includes(intervalOf(figure), value);
