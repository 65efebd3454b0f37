/**
 * What a book declares beyond its tables: ties across statements that no rule can generate, the quantitative claims of
 * its prose, and why something is known not to tie.
 *
 *     disposal proceeds = net book amount - loss on disposal        an articulation
 *     "increased by 203.4%" on line 227                             a claim
 *     the print of EBITDA is a rounding plug, says the reviewer     an explanation
 */
import type { RoundingMode } from '@tieout/money';

/**
 * Two expressions over facts that must agree. Facts are joined by ` + `, ` - ` and ` * ` with spaces and parentheses;
 * ` / ` once, as the whole of a side (`(a - b) / c`); whole numbers may stand among them. All is in ones, whatever the
 * print's unit: 1,415,343 in RMB'000 is 1415343000, and `gearing@2022-06-30` printed (33.2)% is -0.332. Each fact is read from its most precise print.
 */
export interface DeclaredTie {
  readonly id: string;
  readonly kind: 'articulate' | 'recompute' | 'agree' | 'roll-forward' | 'foot';
  readonly left: string;
  readonly right: string;
  /** In which differences are said; that of the first fact on the left where absent. */
  readonly unit?: string;
  /** How the prints on the left were rounded; `nearest` where absent. Fixed beforehand, never chosen to fit. */
  readonly mode?: 'nearest' | 'truncated';
  /** Why the two should agree. */
  readonly why: string;
}

/** A person recorded why a figure or a tie does not tie. */
export interface Explanation {
  /** A figure id or a tie id. */
  readonly subject: string;
  /** A cause by name: `rounding-plug`. */
  readonly cause: string;
  readonly reason: string;
  /** The difference that is explained (left less right), to as many places as matter; any, where absent. */
  readonly difference?: string;
  readonly actor: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
}

/** A number that the prose states. */
export interface Claim {
  readonly id: string;
  readonly sourceLine: number;
  /** As printed: `203.4%`. */
  readonly text: string;
  /** Which of the equal texts on its line, from 1. */
  readonly occurrence: number;
  readonly unit: string;
  /** Decimal string in `unit`, signed as the fact is: a loss "of RMB3,208.0 million" is -3208.0. */
  readonly published: string;
  /** What it claims; absent where nothing in the document reaches it. */
  readonly fact?: string;
  /** Why nothing in the document reaches it, or how it was read. */
  readonly why: string;
  readonly mode?: RoundingMode;
}
