/**
 * A simulated ledger: a book's entries, exploded into the many entries that such a company would have posted.
 *
 * Every entry falls into parts in proportion to its size, dated over the business days of its period, each with one
 * customer, supplier or employee, in whole minor units. What a book's seed says beside entries stays as it is and where
 * it is, so that the simulated ledger is the same book at another grain.
 *
 * Invariants: exactly as many entries as asked for. The parts of an entry balance, keep its posting rule, and foot to
 * each of its postings, within its period; so every published figure is reproduced. The same book, number and seed give
 * the same events, ids and order included. What is held in memory does not grow with the number of entries.
 */
import { carriesEntry, refuse, sha256, type LedgerEvent, type NewEvent, type Payload } from '@tieout/events';
import { entryFromEvent, type Chart, type Entry } from '@tieout/ledger';
import { daysOf } from './days';
import { everyNth, holdingBack, postedTwice, postedWrong } from './noise';
import { numberingOf, partsOf, wholeEntry, type SaidEntry, type Source } from './parts';
import { planOf, type PlannedEntry } from './plan';

/** What is asked for: so many entries in all, and how many late, reversed and corrected ones are among them. */
export type Simulation = Omit<Simulated, 'events'>;

type Simulated = NonNullable<Payload<'BookOpened'>['simulated']>;

/** Events for the end of one stream: the seed of a book in log order. */
export interface Segment {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

export interface SimulatedEvent {
  readonly stream: string;
  readonly event: NewEvent;
  /** The canonical text of its payload, where that is at hand. */
  readonly text: string | undefined;
}

/** A late entry is posted so many business days late. */
const lateDays = 5;

/**
 * The events of the simulated ledger, in log order. Refuses (E602) what cannot be: fewer entries than the book has, more
 * than its amounts divide into, more noise than there are parts.
 */
export function explode(
  segments: readonly Segment[],
  chart: Chart,
  simulation: Simulation,
): Generator<SimulatedEvent, void, undefined> {
  const { entries: total, late = 0, reversals = 0, corrections = 0 } = simulation;
  const seed = sha256(JSON.stringify([segments[0]?.stream ?? '', simulation]));
  const seeded = segments.flatMap(({ events }) => events.flatMap(({ event }) => entryOf(event)));
  const controls = segments.reduce((sum, { events }) => sum + events.length, 0) - seeded.length;
  const plans = planOf(seeded, chart, total - 2 * (reversals + corrections));
  const planned = new Map(plans.map((plan) => [plan.entry.id, plan]));
  const parts = plans.reduce((sum, { bundles }) => bundles.reduce((all, { parts }) => all + parts, sum), 0);
  for (const [what, count] of Object.entries({ late, reversals, corrections })) {
    if (!Number.isSafeInteger(count) || count < 0 || count > parts)
      refuse('E602', `${what}: ${count} is no number of entries among ${parts} parts`);
  }
  const noise: Noise = {
    isLate: everyNth(late, parts),
    isReversed: everyNth(reversals, parts),
    isCorrected: everyNth(corrections, parts),
    place: 0,
  };

  const simulated = { ...simulation, events: total + controls };
  const divided = (entry: Entry): readonly Source[] => sourcesOf(planned.get(entry.id)!, chart, seed);
  return eventsOf(segments, { simulated, seed, divided, noise });
}

interface Exploding {
  readonly simulated: Simulated;
  readonly seed: string;
  readonly divided: (entry: Entry) => readonly Source[];
  readonly noise: Noise;
}

function* eventsOf(
  segments: readonly Segment[],
  { simulated, seed, divided, noise }: Exploding,
): Generator<SimulatedEvent, void, undefined> {
  let ordinal = 0;
  for (const { stream, events } of segments) {
    const said = (event: LedgerEvent, by: NewEvent, text?: string): SimulatedEvent => ({
      stream,
      event: { ...by, id: simulatedEventId(ordinal++, seed), event },
      text,
    });
    for (let from = 0; from < events.length;) {
      const by = events[from]!;
      const run = runOfEntries(events, from);
      if (run.length === 0) {
        yield said(marked(by.event, simulated), by);
        from += 1;
        continue;
      }
      for (const { event, text } of inStreamOrder(run.flatMap(divided), noise)) yield said(event, by, text);
      from += run.length;
    }
  }
}

const entryOf = (event: LedgerEvent): Entry[] => (carriesEntry(event) ? [entryFromEvent(event)] : []);

/** The entries that follow each other from here on. */
function runOfEntries(events: readonly NewEvent[], from: number): readonly Entry[] {
  const after = events.findIndex(({ event }, index) => index >= from && !carriesEntry(event));
  return events.slice(from, after < 0 ? undefined : after).flatMap(({ event }) => entryOf(event));
}

/** The log says of itself that it is simulated. */
const marked = (event: LedgerEvent, simulated: Simulated): LedgerEvent =>
  event.name === 'BookOpened' ? { ...event, payload: { ...event.payload, simulated } } : event;

function sourcesOf({ entry, bundles }: PlannedEntry, chart: Chart, seed: string): readonly Source[] {
  if (bundles.length === 0) return [wholeEntry(entry)];
  const [days, number] = [daysOf(entry, chart), numberingOf(entry)];
  return bundles.map((bundle, index) =>
    partsOf(entry, bundle, { chart, days, number, seed: `${seed} ${entry.id} ${index}` }),
  );
}

interface Noise {
  readonly isLate: (place: number) => boolean;
  readonly isReversed: (place: number) => boolean;
  readonly isCorrected: (place: number) => boolean;
  /** Among the parts of the whole ledger. */
  place: number;
}

/** All that sources bring, day by day; what is late comes some days later. */
function* inStreamOrder(sources: readonly Source[], noise: Noise): Generator<SaidEntry, void, undefined> {
  const days = [...new Set(sources.flatMap((source) => source.days))].sort();
  const held = holdingBack<readonly SaidEntry[]>(lateDays);
  for (const [today, day] of days.entries()) {
    for (const events of held.due(today)) yield* events;
    for (const source of sources) {
      for (let said = source.next(day); said !== undefined; said = source.next(day)) {
        if (!source.divided) {
          yield said;
          continue;
        }
        const place = noise.place++;
        const [wrong, twice] = [noise.isCorrected(place), noise.isReversed(place)];
        const events = [
          ...(wrong ? postedWrong(said.event) : []).map((event) => ({ event })),
          said,
          ...(twice ? postedTwice(said.event) : []).map((event) => ({ event })),
        ];
        if (noise.isLate(place)) held.hold(events, today);
        else yield* events;
      }
    }
  }
  for (const events of held.due(Infinity)) yield* events;
}

/** A UUID (RFC 9562, version 8): 48 bits of the event's place in the log, then 74 bits of what was simulated. */
function simulatedEventId(ordinal: number, seed: string): string {
  const place = ordinal.toString(16).padStart(12, '0');
  return `${place.slice(0, 8)}-${place.slice(8)}-8${seed.slice(0, 3)}-8${seed.slice(3, 6)}-${seed.slice(6, 18)}`;
}
