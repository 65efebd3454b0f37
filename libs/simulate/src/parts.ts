/**
 * The parts of a bundle, one after the other: dated, of one party each, footing to the bundle exactly.
 *
 *     2022-03-14 JE-2022H1-01/000123 RevenueRecognised  Revenue from customers in Mainland China, customer C-04711
 *       receivables.trade.third   recognised        2,300.00
 *       revenue                   profit-or-loss   (2,172.00)   [stream=smart-business, timing=point-in-time]
 *       revenue                   profit-or-loss     (128.00)   [stream=smart-business, timing=over-time]
 */
import { assert, canonical, type EntryPayload } from '@tieout/events';
import { eventFromEntry, type Chart, type Entry } from '@tieout/ledger';
import { addMinor, formatMinor, subtractMinor, type Minor } from '@tieout/money';
import { legsOf, type Match } from './bundles';
import { drawsFrom, placeOf } from './draws';
import { partyOf } from './party';
import type { PlannedBundle } from './plan';
import { nextPart } from './shares';

export type EntryEvent = ReturnType<typeof eventFromEntry>;

/** An entry's event; the canonical text of its payload where that is at hand, because to make it is half of a load. */
export interface SaidEntry {
  readonly event: EntryEvent;
  readonly text?: string;
}

/** A number for the id of each next part of an entry. */
export type Numbering = () => string;

/** What comes to the log day by day. */
export interface Source {
  /** Are these parts of an entry, or an entry that stays what it is? */
  readonly divided: boolean;
  /** In order. */
  readonly days: readonly string[];
  /** The next event of this day, which is the source's next day with one; `undefined` when there is no more on it. */
  next(day: string): SaidEntry | undefined;
}

/** An entry that stays what it is. */
export function wholeEntry(entry: Entry): Source {
  let due = true;
  return {
    divided: false,
    days: [entry.date],
    next(day) {
      if (!due || day !== entry.date) return undefined;
      due = false;
      return { event: eventFromEntry(entry) };
    },
  };
}

/** The ids of an entry's parts, in the order in which they are made: JE-103/000001, JE-103/000002 … */
export function numberingOf({ id }: Pick<Entry, 'id'>): Numbering {
  let made = 0;
  return () => `${id}/${String(++made).padStart(6, '0')}`;
}

/** A leg of every part: what it says beside its amount, and the matches that it is footed from. */
interface PartLeg {
  readonly said: Omit<EntryPayload['postings'][number], 'minor'>;
  readonly of: readonly { readonly match: number; readonly add: typeof addMinor }[];
  /** Its canonical text before the amount and after it. */
  readonly text: readonly [before: string, after: string];
}

/** The expression of a leg is left out: it gives the whole amount. */
function partLegs(entry: Entry, matches: readonly Match[]): readonly PartLeg[] {
  const places = [...legsOf(matches).keys()].sort((a, b) => a - b);
  return places.map((place) => {
    const { account, movement, unit, dimensions } = entry.postings[place]!;
    const of = matches.flatMap(({ debit, credit }, match) =>
      debit === place ? [{ match, add: addMinor }] : credit === place ? [{ match, add: subtractMinor }] : [],
    );
    const named = Object.keys(dimensions).length === 0 ? {} : { dimensions };
    const said = { account, movement, unit, ...named };
    // A quote within a text is escaped, so the amount stands in one place.
    const [before = '', after = ''] = canonical({ ...said, minor: '0' }).split('"minor":"0"');
    return { said, of, text: [`${before}"minor":"`, `"${after}`] };
  });
}

/** The parts of a bundle of an entry, spread evenly over the days. `seed`: what its draws depend on. */
export function partsOf(
  entry: Entry,
  { bundle, parts }: PlannedBundle,
  {
    chart,
    days,
    number,
    seed,
  }: {
    readonly chart: Chart;
    readonly days: readonly string[];
    readonly number: Numbering;
    readonly seed: string;
  },
): Source {
  const draw = drawsFrom(seed);
  const party = partyOf(entry, chart);
  const legs = partLegs(entry, bundle.matches);
  const rests: Minor[] = bundle.matches.map(({ minor }) => minor);
  const shares: Minor[] = rests.map(() => 0);
  const { event: name, dateBasis, description } = entry;
  assert(name !== 'EntryReversed', `the reversal ${entry.id} stays whole`);
  const { allocation, source } = entry.provenance;
  const provenance = {
    amount: 'assumed' as const,
    allocation,
    reasoning: `simulated part of ${entry.id}`,
    source,
  };
  const begun = { description: canonical(description).slice(0, -1), provenance: canonical(provenance) };
  // The first part of a small bundle falls on any of its days, not always on the first.
  const phase = placeOf(draw(), days.length);
  let made = 0;

  return {
    divided: true,
    days,
    next(date) {
      if (made === parts || days[Math.floor((made * days.length + phase) / parts)] !== date) return undefined;
      const left = parts - made;
      const size = draw();
      for (let match = 0; match < rests.length; match += 1) {
        const share = nextPart(rests[match]!, left, size);
        shares[match] = share;
        rests[match] = subtractMinor(rests[match]!, share);
      }
      made += 1;
      const postings: EntryPayload['postings'][number][] = [];
      let legTexts = '';
      for (const { said, of, text } of legs) {
        let sum: Minor = 0;
        for (const { match, add } of of) sum = add(sum, shares[match]!);
        const minor = formatMinor(sum);
        postings.push({ ...said, minor });
        legTexts += `${legTexts === '' ? '' : ','}${text[0]}${minor}${text[1]}`;
      }
      const [of, id] = [party(draw()), number()];
      const payload = {
        entry: id,
        date,
        dateBasis,
        description: `${description}, ${of}`,
        postings,
        provenance,
      };
      const text =
        `{"date":"${date}","dateBasis":"${dateBasis}","description":${begun.description}, ${of}","entry":${canonical(id)}` +
        `,"postings":[${legTexts}],"provenance":${begun.provenance}}`;
      return { event: { name, payload }, text };
    },
  };
}
