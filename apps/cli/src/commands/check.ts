/**
 * `check`: do the figures tie? All ties run, counted by kind and state, what was found with its probable cause, and how
 * much of what is published was tested at all. About the figures only: whether the log is intact is the matter of
 * `verify`.
 */
import { ExitCode, refuse } from '@tieout/events';
import { JournalIndex } from '@tieout/projections';
import {
  countTies,
  coverageOf,
  figureStates,
  findingsOf,
  movedFacts,
  prose,
  stateGlyph,
  tieKinds,
  tiesAbout,
  tieStates,
  upkeepOf,
  type CheckedTie,
  type FigureCoverage,
  type Finding,
  type SideSaid,
  type TieKind,
  type TieState,
} from '@tieout/proof';
import { formatAmount } from '@tieout/money';
import { checked, type Checked } from '../checked';
import { findingLines } from '../print/findings';
import { word } from '../print/state';
import { csvRecord, forTerminal, padEnd, padStart, paint, wrap } from '../print/text';
import type { Session } from '../session';
import { suggestion } from '../suggestion';

export interface CheckOptions {
  /** A log position: only ties of facts that entries from there on moved. */
  readonly since?: string;
  /** States, joined by commas, that make the command exit 1. */
  readonly failOn?: string;
  /** Per cent of the figures that must be tested. */
  readonly minCoverage?: string;
}

type FailState = TieState | 'untested';

/** What was asked for, read and found sound. */
interface Asked {
  readonly kinds: ReadonlySet<string>;
  readonly failOn: ReadonlySet<FailState>;
  readonly minCoverage: number;
  readonly since: number | undefined;
}

function asked(kinds: readonly string[], options: CheckOptions, session: Session): Asked {
  for (const kind of kinds) {
    if (!tieKinds.some((each) => each === kind))
      refuse('E602', `no kind of tie is called "${kind}"`, {
        help: suggestion(kind, tieKinds, `the kinds are ${tieKinds.join(', ')}`),
      });
  }
  const states: readonly FailState[] = [...new Set<FailState>([...tieStates, ...figureStates])];
  const failOn = (
    options.failOn ?? (session.globals.strict ? 'does-not-tie,explained,repaired' : 'does-not-tie')
  )
    .split(',')
    .map((text) => text.trim());
  const known = failOn.map(
    (text) =>
      states.find((state) => state === text) ??
      refuse('E602', `--fail-on takes states, and "${text}" is none`, {
        help: suggestion(text, states, `the states are ${states.join(', ')}`),
      }),
  );
  const minCoverage = Number((options.minCoverage ?? '0').replace(/%$/, ''));
  if (!(minCoverage >= 0 && minCoverage <= 100))
    refuse('E602', `--min-coverage takes a percentage, not "${options.minCoverage}"`);
  const since = options.since === undefined ? undefined : Number(options.since);
  if (since !== undefined && !(Number.isSafeInteger(since) && since >= 0))
    refuse('E602', `--since takes a log position, not "${options.since}"`);
  return { kinds: new Set(kinds), failOn: new Set(known), minCoverage, since };
}

/** The ties asked for, and what they are narrowed to in words. */
function chosen(
  session: Session,
  { check, books }: Checked,
  { kinds, since }: Asked,
): { ties: readonly CheckedTie[]; narrowed: string } {
  const ofKind = ({ tie }: CheckedTie): boolean => kinds.size === 0 || kinds.has(tie.kind);
  if (since === undefined) return { ties: check.ties.filter(ofKind), narrowed: '' };
  const { lines } = session.replay.stateOf(session.app.get(JournalIndex));
  const entries = lines.filter(({ position }) => position >= since).map(({ entry }) => entry);
  const moved = movedFacts(new Set(check.prints.all.map(({ figure }) => figure.fact)), entries, books.world);
  return {
    ties: tiesAbout(check, moved).filter(ofKind),
    narrowed: `since position ${since}: ${entries.length} entries moved ${moved.size} facts`,
  };
}

const sideJson = ({ value, prints, replayed }: SideSaid): unknown => {
  const [only, ...others] = prints;
  if (replayed) return { value, replayed };
  if (!only || others.length > 0) return { value, figures: prints.map(({ id }) => id) };
  return {
    value,
    figure: only.id,
    published: only.published,
    unit: only.unit,
    source: { line: only.sourceLine, text: only.text },
  };
};

const findingJson = ({
  tie,
  kind,
  state,
  unit,
  left,
  right,
  difference,
  causes,
  explanation,
  note,
}: Finding): unknown => {
  const [cause, ...candidates] = causes;
  return {
    tie,
    kind,
    state,
    ...(unit === undefined ? {} : { unit }),
    ...(left ? { left: sideJson(left) } : {}),
    ...(right ? { right: sideJson(right) } : {}),
    ...(difference === undefined ? {} : { difference }),
    ...(cause
      ? { cause: cause.name, because: cause.text, ...(cause.entry ? { entry: cause.entry } : {}) }
      : {}),
    ...(candidates.length > 0
      ? { candidates: candidates.map(({ name, text }) => ({ cause: name, because: text })) }
      : {}),
    ...(explanation ? { explanation } : {}),
    ...(note === undefined ? {} : { note }),
  };
};

const countIn = (ties: readonly CheckedTie[], state: TieState): number =>
  ties.filter((each) => each.state === state).length;

const countsJson = (ties: readonly CheckedTie[]) => ({
  ties: countIn(ties, 'ties'),
  withinRounding: countIn(ties, 'within-rounding'),
  repaired: countIn(ties, 'repaired'),
  doesNotTie: countIn(ties, 'does-not-tie'),
  explained: countIn(ties, 'explained'),
  notRun: countIn(ties, 'not-run'),
  total: ties.length,
});

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

function matrixLines(ties: readonly CheckedTie[], narrow: boolean): string[] {
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

function repairLines({ check }: Checked, width: number): string[] {
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

function coverageLines({ check, input }: Checked, coverage: FigureCoverage, width: number): string[] {
  const statements = [...input.layouts.map(({ id }) => id), prose];
  const tested = statements.flatMap((id) => {
    const own = check.figures.filter(({ figure }) => figure.statement === id);
    const all = own.length + (id === prose ? check.unreached.length : 0);
    return all === 0 ? [] : [`${id} ${own.filter(({ state }) => state !== 'untested').length}/${all}`];
  });
  const { figures, facts, crossChecked, selfSupporting, rounded, untested, rank, redundancy } = coverage;
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

const testedIn = (check: Checked['check']): number =>
  check.figures.filter(({ state }) => state !== 'untested').length;

/** One decimal, cut off: 99.96% is not all. */
const percent = (part: number, whole: number): string =>
  whole === 0 ? '100' : (Math.floor((part * 1000) / whole) / 10).toFixed(1);

export function runCheck(session: Session, kinds: readonly string[], options: CheckOptions): number {
  const { io, globals, book } = session;
  const wanted = asked(kinds, options, session);
  const run = checked(session);
  const { ties, narrowed } = chosen(session, run, wanted);
  const coverage = coverageOf(run.check, run.entries, run.input);
  const whole = kinds.length === 0 && wanted.since === undefined;
  const findings = [...findingsOf(ties, run), ...(whole ? upkeepOf(run.check) : [])];
  const shortOf = coverage.figures > 0 && (testedIn(run.check) * 100) / coverage.figures < wanted.minCoverage;
  const blocking = findings.filter(
    ({ kind, state }) => kind === 'repair' || kind === 'explanation' || wanted.failOn.has(state),
  ).length;
  const fails =
    shortOf ||
    blocking > 0 ||
    ties.some(({ state }) => wanted.failOn.has(state)) ||
    (wanted.failOn.has('untested') && testedIn(run.check) < coverage.figures);
  const code = fails ? ExitCode.findings : ExitCode.done;
  if (globals.json) {
    const { basis: _, ...counted } = coverage;
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.check/1',
          result: fails ? 'fails' : 'ties',
          counts: countsJson(ties),
          coverage: counted,
          findings: findings.map(findingJson),
        },
        undefined,
        2,
      ),
    );
    return code;
  }
  if (globals.csv) {
    const head = ['tie', 'kind', 'state', 'left', 'right', 'difference', 'unit'];
    const rows = ties.map(({ tie, state, left, right, difference }) => [
      tie.id,
      tie.kind,
      state,
      left ?? '',
      right ?? '',
      difference ?? '',
      tie.kind === 'ledger' ? (run.check.prints.get(tie.figure)?.figure.unit ?? '') : tie.unit,
    ]);
    io.print([head, ...rows].map(csvRecord).join('\n'));
    return code;
  }
  const { out } = io;
  const say = (text: string): void => io.print(forTerminal(text, out));
  say(paint(`${book.entity} · ${book.title}`, 'bold', out));
  say(
    `${ties.length} ties on rev ${session.revision} · reconstructed entries${narrowed === '' ? '' : ` · ${narrowed}`}`,
  );
  say('');
  for (const line of matrixLines(ties, out.width < 100)) say(line);
  say('');
  for (const line of findingLines(findings, (figure) => run.check.prints.get(figure)?.figure, out)) say(line);
  if (whole) for (const line of repairLines(run, out.width)) say(line);
  if (whole) for (const line of coverageLines(run, coverage, out.width)) say(line);
  if (whole) say('');
  if (shortOf) say(`Coverage is below the ${wanted.minCoverage}% asked for`);
  say(
    paint(
      `Result: ${fails ? `FAILS · ${blocking} ${blocking === 1 ? 'finding' : 'findings'}` : 'TIES'}`,
      fails ? 'red' : 'green',
      out,
    ),
  );
  return code;
}
