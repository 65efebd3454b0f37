/**
 * What a check found: ties that do not tie, with both sides, the difference and the probable cause; readings that wait
 * for a person; explanations of what is not there any more.
 */
import type { PublishedFigure } from '@tieout/statements';
import type { Check, CheckedTie } from './check';
import type { Explanation } from './declared';
import { diagnosis, type Cause, type Diagnosing } from './diagnosis';
import { printsIn } from './polynomial';
import { subjectsOf, type TieKind } from './ties';
import type { TieState } from './hold';
import type { Side } from './expression';

/** A side of a tie, said: its amount, and the prints that it is made of. */
export interface SideSaid {
  readonly value: string;
  /** In their order; none of a replayed amount. */
  readonly prints: readonly PublishedFigure[];
  readonly replayed: boolean;
}

export interface Finding {
  /** The tie; of kind `repair` the figure, of kind `explanation` the subject. */
  readonly tie: string;
  readonly kind: TieKind | 'repair' | 'explanation';
  readonly state: TieState;
  readonly subject: string;
  readonly unit?: string;
  readonly left?: SideSaid;
  readonly right?: SideSaid;
  /** Left less right, in `unit`. */
  readonly difference?: string;
  /** The most probable first. */
  readonly causes: readonly Cause[];
  readonly explanation?: Explanation;
  readonly note?: string;
}

/** Of these ties, those that do not tie, in their order. */
export function findingsOf(ties: readonly CheckedTie[], context: Diagnosing): readonly Finding[] {
  const broken = ties.filter(({ state }) => state === 'does-not-tie' || state === 'explained');
  if (broken.length === 0) return [];
  const causesOf = diagnosis(context);
  return broken.map((each): Finding => {
    const { tie, state, left, right, difference, explanation } = each;
    const unit = tie.kind === 'ledger' ? context.check.prints.get(tie.figure)?.figure.unit : tie.unit;
    return {
      tie: tie.id,
      kind: tie.kind,
      state,
      subject: subjectsOf(tie)[0] ?? tie.id,
      ...(unit === undefined ? {} : { unit }),
      ...(left === undefined
        ? {}
        : { left: said(left, tie.kind === 'ledger' ? tie.figure : tie.left, context.check) }),
      ...(right === undefined
        ? {}
        : { right: said(right, tie.kind === 'ledger' ? undefined : tie.right, context.check) }),
      ...(difference === undefined ? {} : { difference }),
      causes: causesOf(each),
      ...(explanation ? { explanation } : {}),
    };
  });
}

function said(value: string, side: Side | string | undefined, { prints }: Check): SideSaid {
  const ids =
    side === undefined
      ? []
      : typeof side === 'string'
        ? [side]
        : printsIn([...side.of, ...(side.over ?? [])]);
  return { value, prints: ids.flatMap((id) => prints.get(id)?.figure ?? []), replayed: side === undefined };
}

/** Readings that wait, and explanations gone stale. */
export function upkeepOf({ waiting, stale }: Check): readonly Finding[] {
  return [
    ...waiting.map(({ figure, found, equations }): Finding => ({
      tie: figure,
      kind: 'repair',
      state: 'not-run',
      subject: figure,
      causes: [],
      note:
        found === 'undetermined'
          ? `no equations give the repaired reading${equations.length === 0 ? '' : `: ${equations.join(', ')} have too many unknowns`}`
          : `the repaired reading rests on ${equations.join(', ')} alone and waits for a person to confirm it`,
    })),
    ...stale.map(({ found, ...explanation }): Finding => ({
      tie: explanation.subject,
      kind: 'explanation',
      state: found === 'it ties' ? 'ties' : 'not-run',
      subject: explanation.subject,
      causes: [],
      explanation,
      note: `an explanation is recorded, and ${found}`,
    })),
  ];
}
