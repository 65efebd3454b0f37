/**
 * What the rest of the document asks of any other ledger, while one figure is asked about.
 *
 *     a fact printed to the unit of the books      stays exactly what it is
 *     a fact printed only coarser (RMB million)    stays within what its prints can stand for
 *     an account that can have one side only       stays on it at each period's end (the chart's `normal`)
 *     an account that is closed, or clears         stays at nil there
 *
 * The asked figure's own prints are left out. So are readings that were repaired, which other facts gave, and what is no
 * sum of postings (ratios, per share): they could only narrow a range further.
 *
 * Invariant: only what holds now is asked, so that the ledger as it stands is always admissible. An exact print that the
 * ledger does not meet is held at the ledger's amount; a coarse one asks nothing.
 */
import { canonicalMinor, type Minor } from '@tieout/money';
import { printsOf, type Claim, type LinearFact, type Print, type Prints } from '@tieout/proof';
import { linearForm, parseFactId, type LinearForm } from '@tieout/statements';
import type { Base } from './base';

/** Whole minor units, both ends included; an end that is absent is open. */
export interface Bounds {
  readonly low?: Minor;
  readonly high?: Minor;
}

type Interval = Required<Bounds>;

/** The books as a range looks at them. */
export type AskedBooks = Pick<Base, 'chart' | 'concepts' | 'figures' | 'entries' | 'amounts'>;

export interface Asks extends LinearFact {
  /** The fact's id; or the account, and a period's last day. */
  readonly fact: string;
  readonly form: LinearForm;
  readonly kind: 'exact' | 'rounded' | 'account';
  /** What it asks where its amount is now so much; undefined where that breaks it already. */
  readonly bounds: (now: Minor) => Bounds | undefined;
}

/** `form` is that of the asked `fact`, which may be written in other words than in print: `bs.cash@2022H1`. */
export function heldBesides(
  fact: string,
  form: LinearForm,
  books: AskedBooks,
  claims: readonly Claim[],
): readonly Asks[] {
  const prints = printsOf(books.figures, claims, books.amounts.text);
  const asked = parseFactId(fact)?.concept;
  const isAsked = (each: Asks): boolean =>
    parseFactId(each.fact)?.concept === asked && each.form.from === form.from && each.form.to === form.to;
  const facts = [...new Set(prints.all.map(({ figure }) => figure.fact))];
  return [
    ...facts.flatMap((each) => ofPrints(each, prints, books)).filter((each) => !isAsked(each)),
    ...ofAccounts(books),
  ];
}

/** Prints that were read. */
const readOf = (fact: string, prints: Prints): readonly Print[] =>
  prints.of(fact).filter(({ figure }) => figure.reading !== 'repaired');

function ofPrints(fact: string, prints: Prints, { chart, concepts }: AskedBooks): Asks[] {
  const form = linearForm(fact, { chart, concepts });
  const read = readOf(fact, prints);
  if (!form || read.length === 0) return [];
  if (read.some(({ exact }) => exact))
    return [{ fact, form, kind: 'exact', bounds: (now) => ({ low: now, high: now }) }];
  const intervals = read.map((print) => wholeMinors(print, prints.places - chart.minorDigits));
  return [{ fact, form, kind: 'rounded', bounds: (now) => meeting(intervals, now) }];
}

/** Grains are 10^-places of one, so a minor unit is 10^further grains; or, where that is negative, the other way round. */
function wholeMinors(
  { quantity: { low, high, lowIncluded, highIncluded } }: Print,
  further: number,
): Interval {
  const part = 10n ** BigInt(Math.max(0, further));
  const times = 10n ** BigInt(Math.max(0, -further));
  const down = (grains: bigint): bigint => grains / part - (grains % part < 0n ? 1n : 0n);
  // Not included, an end asks for the next whole minor unit further in.
  const least = -down(-low * times) + (lowIncluded || (low * times) % part !== 0n ? 0n : 1n);
  const most = down(high * times) - (highIncluded || (high * times) % part !== 0n ? 0n : 1n);
  return { low: canonicalMinor(least), high: canonicalMinor(most) };
}

/** What all of them allow that allow the amount as it is. */
function meeting(intervals: readonly Interval[], now: Minor): Interval | undefined {
  let met: Interval | undefined;
  for (const { low, high } of intervals) {
    if (now < low || high < now) continue;
    met = { low: met && low < met.low ? met.low : low, high: met && met.high < high ? met.high : high };
  }
  return met;
}

function ofAccounts({ chart, entries }: AskedBooks): Asks[] {
  const closed = new Set(
    entries.flatMap(({ event, postings }) =>
      event === 'ResultClosed' ? postings.map(({ account }) => account) : [],
    ),
  );
  return chart.periods.flatMap(({ to }) =>
    [...chart.accounts.values()].flatMap(({ id, type, normal }): Asks[] => {
      const isOfResult = type === 'income' || type === 'expense' || type === 'comprehensive-income';
      const comesToNil = type === 'clearing' || (isOfResult && closed.has(id));
      if (!comesToNil && normal === 'either') return [];
      const bounds = (now: Minor): Bounds | undefined => {
        if (comesToNil && now === 0) return { low: 0, high: 0 };
        if (normal === 'debit' && now >= 0) return { low: 0 };
        return normal === 'credit' && now <= 0 ? { high: 0 } : undefined;
      };
      const form = { terms: [{ selection: { accounts: [id] }, times: 1 }], to, unit: chart.currency };
      return [{ fact: `${id} at ${to}`, form, kind: 'account', bounds }];
    }),
  );
}
