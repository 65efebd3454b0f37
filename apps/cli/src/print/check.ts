/**
 * A check in sight: ties by kind and state, repairs with the equations that give them, and coverage by statement.
 */
import { countIn, testedIn, type Checked } from '@tieout/answers';
import { formatAmount } from '@tieout/money';
import { countTies, prose, stateGlyph, type CheckedTie, type TieKind, type TieState } from '@tieout/proof';
import { word } from './state';
import { padEnd, padStart, wrap } from './text';

/** In the order of a summary: what is well first. */
const shownStates: readonly TieState[] = [
  'ties',
  'within-rounding',
  'repaired',
  'explained',
  'does-not-tie',
  'not-run',
];
const tieWord = (state: TieState): string => (state === 'not-run' ? 'not run' : word(state));
const tieGlyph = (state: TieState): string => (state === 'not-run' ? stateGlyph.untested : stateGlyph[state]);

export function matrixLines(ties: readonly CheckedTie[], narrow: boolean): string[] {
  const counts = countTies(ties);
  const heads = shownStates.map((state) =>
    narrow ? tieGlyph(state) : `${tieGlyph(state)} ${tieWord(state)}`,
  );
  const row = (name: string, of: (state: TieState) => number, total: number): string =>
    padEnd(name, 14) +
    padStart(String(total), 7) +
    shownStates
      .map((state, index) => padStart(String(of(state) || '-'), Math.max(6, (heads[index]?.length ?? 0) + 3)))
      .join('');
  const kinds = [...counts].filter(([, own]) => own.size > 0);
  const totalOf = (own: ReadonlyMap<TieState, number>): number =>
    [...own.values()].reduce((sum, count) => sum + count, 0);
  return [
    padEnd('', 14) +
      padStart('ties', 7) +
      heads.map((head) => padStart(head, Math.max(6, head.length + 3))).join(''),
    ...kinds.map(([kind, own]: [TieKind, ReadonlyMap<TieState, number>]) =>
      row(kind, (state) => own.get(state) ?? 0, totalOf(own)),
    ),
    row('all', (state) => countIn(ties, state), ties.length),
  ];
}

export function repairLines({ check }: Checked, width: number): string[] {
  if (check.repairs.length === 0) return [];
  return [
    `${stateGlyph.repaired} ${check.repairs.length} readings are repaired`,
    ...check.repairs.flatMap(({ figure, found, equations, restsOn }) => {
      const print = check.prints.get(figure)?.figure;
      const value = print
        ? `${formatAmount(print.published, { nil: 'nil' })} ${print.unit}, line ${print.sourceLine}`
        : '';
      const one =
        found === 'over-determined' && restsOn.length > 0
          ? `; another reading of ${restsOn.join(' or ')} alone would give another one`
          : '';
      const how = check.waiting.some((each) => each.figure === figure)
        ? 'waits for confirmation'
        : found === 'determined'
          ? 'confirmed by a person'
          : 'more equations than it needs';
      return [
        `    ${figure} = ${value}`,
        ...wrap(`${how}: ${equations.join(', ')}${one}`, width - 8).map((line) => `        ${line}`),
      ];
    }),
    '',
  ];
}

export function coverageLines({ check, input, coverage }: Checked, width: number): string[] {
  const statements = new Set([...input.layouts.map(({ id }) => id), prose]);
  const tested = [...statements].flatMap((id) => {
    const own = check.figures.filter(({ figure }) => figure.statement === id);
    const all = own.length + (id === prose ? check.unreached.length : 0);
    return all === 0 ? [] : [`${id} ${own.filter(({ state }) => state !== 'untested').length}/${all}`];
  });
  const { figures, facts, crossChecked, selfSupporting, rounded, untested, rank, redundancy } = coverage();
  const unticked = figures - testedIn(check);
  return [
    `Coverage  ${testedIn(check)} of ${figures} figures tested (${percent(testedIn(check), figures)}%)${unticked > 0 ? `, ${unticked} untested` : ''}`,
    ...wrap(tested.join(' · '), width - 10).map((line) => `          ${line.trim()}`),
    ...wrap(
      `Basis     ${facts} facts: ${crossChecked} cross-checked, ${selfSupporting} self-supporting, ${rounded} rounded, ${untested} untested; ${redundancy} equations beyond the ${rank} that the entries need`,
      width - 2,
    ),
  ];
}

/** One decimal, cut off: 99.96% is not all. */
const percent = (part: number, whole: number): string =>
  whole === 0 ? '100' : (Math.floor((part * 1000) / whole) / 10).toFixed(1);
