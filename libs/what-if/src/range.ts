/**
 * How far a figure could be another one: the least and the most that it is in any ledger of the same entries that the rest of
 * the document would not contradict.
 *
 *     is.revenue@2022H1                            1,415,343 to 1,415,343    other facts fix it
 *     note14-security.deposit-loan@2022-06-30              0 to 280,804      they do not
 *
 * The amounts that nobody disclosed are free (range-free.ts), the rest of the document holds (range-held.ts), and the two
 * ends are linear programs whose answers are checked exactly (range-program.ts). It says how far the amounts of these
 * entries could move, not whether other entries were made.
 *
 * Invariant: what the figure is now lies in its range.
 */
import type { Posting } from '@tieout/ledger';
import { addMinor, multiplyMinor, negateMinor, subtractMinor, type Minor } from '@tieout/money';
import { effects, type Claim, type Effect } from '@tieout/proof';
import { linearForm } from '@tieout/statements';
import { freePostings, type FreePostings } from './range-free';
import { heldBesides, type AskedBooks, type Asks } from './range-held';
import {
  amountsFound,
  goalOf,
  keeps,
  programText,
  proofFound,
  repeatable,
  type FreeAmount,
  type Program,
  type Row,
  type Scale,
  type Solve,
} from './range-program';
import { compareRationals, partOf, whole } from './rational';

/** What an end stands on, besides what the entries add up to and the side of each posting. */
export interface HeldBy {
  readonly facts: readonly string[];
  /** `cash at 2022-06-30`: balances that stay on their side, or at nil. */
  readonly accounts: readonly string[];
}

/** `proved`: a ledger reaches it and none goes beyond, both checked exactly. `about`: as the solver says. */
export type End =
  | { readonly how: 'proved'; readonly minor: Minor; readonly heldBy: HeldBy }
  | { readonly how: 'about'; readonly minor: Minor }
  | { readonly how: 'unbounded' }
  | { readonly how: 'not-found'; readonly why: string };

export interface Range {
  /** What it is now. */
  readonly minor: Minor;
  readonly low: End;
  readonly high: End;
  /** Entries with free amounts that some figure would notice. */
  readonly entries: readonly string[];
  /** How many facts hold those amounts, to the unit of the books and within rounding. */
  readonly held: { readonly exact: number; readonly rounded: number };
}

export interface Ranging {
  /** The numbers of the prose, which hold like those of the tables. */
  readonly claims: readonly Claim[];
  readonly solve: Solve;
}

interface AskingRow extends Row {
  readonly asks?: Asks;
}

/** Undefined for a fact that is no sum of postings. */
export function rangeOf(fact: string, books: AskedBooks, { claims, solve }: Ranging): Range | undefined {
  const form = linearForm(fact, books);
  if (!form) return undefined;
  const asks = heldBesides(fact, form, books, claims);
  const effectOf = effects([{ fact, form }, ...asks]);
  // By the index of an effect: the figure first, then what is held.
  const now: Minor[] = [0, ...asks.map(() => 0)];
  const times = now.map(() => new Map<number, number>());
  for (const { postings } of books.entries)
    for (const leg of postings)
      for (const [index, by] of effectOf(leg))
        now[index] = addMinor(now[index] ?? 0, multiplyMinor(leg.minor, by));
  const fixed = [...now];
  const free = freeAmounts(freePostings(books.entries), effectOf);
  free.amounts.forEach(({ effect, minor }, amount) => {
    for (const [index, by] of effect) {
      times[index]?.set(amount, by);
      fixed[index] = subtractMinor(fixed[index] ?? 0, multiplyMinor(minor, by));
    }
  });

  const held = asks.flatMap((each, at): AskingRow[] => {
    const [own, part] = [times[at + 1], fixed[at + 1] ?? 0];
    const bounds = own && own.size > 0 ? each.bounds(now[at + 1] ?? 0) : undefined;
    if (!own || !bounds) return [];
    const { low, high } = bounds;
    return [
      {
        ...{ times: own, asks: each },
        ...(low === undefined ? {} : { low: subtractMinor(low, part) }),
        ...(high === undefined ? {} : { high: subtractMinor(high, part) }),
      },
    ];
  });
  const rows = [...free.rows, ...held];
  const present = free.amounts.map(({ minor }) => minor);
  const end = (sign: 1 | -1): End => {
    const goal = new Map([...(times[0] ?? [])].map(([amount, by]) => [amount, by * sign]));
    const least = leastOf({ amounts: free.amounts, rows, goal }, present, solve, books.amounts.scale);
    return endOf(least, rows, (minor) => addMinor(fixed[0] ?? 0, sign === 1 ? minor : negateMinor(minor)));
  };
  const counted = (kind: Asks['kind']): number => held.filter((row) => row.asks?.kind === kind).length;
  return {
    ...{ minor: now[0] ?? 0, low: end(1), high: end(-1), entries: free.entries },
    held: { exact: counted('exact'), rounded: counted('rounded') },
  };
}

/** Postings that everything sees alike, as one amount. */
interface SeenAmount extends FreeAmount {
  readonly effect: Effect;
  minor: Minor;
}

interface Freedom {
  readonly amounts: readonly SeenAmount[];
  /** What the amounts of a set add up to stays. */
  readonly rows: readonly Row[];
  readonly entries: readonly string[];
}

/** Entries whose postings everything sees alike share their amounts: a thousand sales are one. */
function freeAmounts(sets: readonly FreePostings[], effectOf: (leg: Posting) => Effect): Freedom {
  const alike = new Map<string, Map<string, SeenAmount>>();
  const entries = new Set<string>();
  for (const { entry, postings, eitherSide } of sets) {
    const seen = postings.map((leg) => {
      const effect = effectOf(leg);
      const side = eitherSide ? 'either' : leg.minor < 0 ? 'credit' : 'debit';
      const sees = [...effect].sort(([a], [b]) => a - b).join(' ');
      return { effect, side, minor: leg.minor, sees, key: `${side} ${sees}` } as const;
    });
    // Where all are seen alike, only their sum is seen, and that stays.
    if (new Set(seen.map(({ sees }) => sees)).size === 1) continue;
    entries.add(entry);
    const shape = [...new Set(seen.map(({ key }) => key))].sort().join('\n');
    const amounts = alike.get(shape) ?? new Map<string, SeenAmount>();
    alike.set(shape, amounts);
    for (const { key, effect, side, minor } of seen) {
      const known = amounts.get(key);
      if (known) known.minor = addMinor(known.minor, minor);
      else amounts.set(key, { effect, side, minor });
    }
  }
  const amounts: SeenAmount[] = [];
  const rows = [...alike.values()].map((set): Row => {
    const times = new Map<number, number>();
    let total: Minor = 0;
    for (const each of set.values()) {
      times.set(amounts.length, 1);
      total = addMinor(total, each.minor);
      amounts.push(each);
    }
    return { times, low: total, high: total };
  });
  return { amounts, rows, entries: [...entries] };
}

type Least =
  | { readonly how: 'proved'; readonly minor: Minor; readonly rows: readonly number[] }
  | Exclude<End, { readonly how: 'proved' }>;

/** The least that the goal can be, and the rows that hold it there. A ledger that reaches it is the present one, or the solver's. */
function leastOf(program: Program, present: readonly Minor[], solve: Solve, scale: Scale): Least {
  if (program.goal.size === 0) return { how: 'proved', minor: 0, rows: [] };
  const found = solve(programText(program, scale));
  if (found.Status === 'Optimal') {
    const minors = amountsFound(program, found, scale);
    const proof = proofFound(program, found);
    for (const ledger of [present, minors]) {
      const minor = goalOf(program, ledger);
      if (proof && compareRationals(whole(minor), proof.bound) === 0 && keeps(program, ledger))
        return { how: 'proved', minor, rows: proof.rows };
    }
    return { how: 'about', minor: proof ? partOf(1, proof.bound) : goalOf(program, minors) };
  }
  const ever = repeatable(program, scale);
  const change = amountsFound(ever, solve(programText(ever, scale)), scale);
  if (keeps(ever, change) && goalOf(ever, change) < 0) return { how: 'unbounded' };
  return { how: 'not-found', why: found.Status };
}

/** The end of the figure's range that a least goal is. */
function endOf(least: Least, rows: readonly AskingRow[], figureAt: (goal: Minor) => Minor): End {
  if (least.how === 'about') return { how: 'about', minor: figureAt(least.minor) };
  if (least.how !== 'proved') return least;
  const asks = least.rows.flatMap((index) => rows[index]?.asks ?? []);
  const isFact = ({ kind }: Asks): boolean => kind !== 'account';
  return {
    how: 'proved',
    minor: figureAt(least.minor),
    heldBy: {
      facts: asks.filter(isFact).map(({ fact }) => fact),
      accounts: asks.filter((each) => !isFact(each)).map(({ fact }) => fact),
    },
  };
}
