/**
 * `check`: do the figures tie? All ties run, counted by kind and state, what was found with its probable cause, and how
 * much of what is published was tested at all. About the figures only: whether the log is intact is the matter of
 * `verify`.
 */
import { checked, type Checked, suggestion, suspectsOf } from '@tieout/answers';
import { ExitCode, refuse } from '@tieout/events';
import { countEntries } from '@tieout/ledger';
import { Journal } from '@tieout/projections';
import {
  coverageOf,
  figureStates,
  findingsOf,
  movedFacts,
  selfTest,
  tieKinds,
  tiesAbout,
  tieStates,
  upkeepOf,
  type CheckedTie,
  type Finding,
  type SideSaid,
  type TieState,
} from '@tieout/proof';
import { countIn, coverageLines, matrixLines, repairLines, testedIn } from '../print/check';
import { findingLines } from '../print/findings';
import { blindLines, selfTestLines } from '../print/self-test';
import { csvRecord, forTerminal, paint } from '../print/text';
import type { Session } from '../session';

export interface CheckOptions {
  /** A log position: only ties of facts that entries from there on moved. */
  readonly since?: string;
  /** States, joined by commas, that make the command exit 1. */
  readonly failOn?: string;
  /** Per cent of the figures that must be tested. */
  readonly minCoverage?: string;
  /** Plant errors, and count those that some tie notices. */
  readonly selfTest?: boolean;
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
async function chosen(
  session: Session,
  { check, books }: Checked,
  { kinds, since }: Asked,
): Promise<{ ties: readonly CheckedTie[]; narrowed: string }> {
  const ofKind = ({ tie }: CheckedTie): boolean => kinds.size === 0 || kinds.has(tie.kind);
  if (since === undefined) return { ties: check.ties.filter(ofKind), narrowed: '' };
  const entries = await session.projections.get(Journal).condensed(since);
  const moved = movedFacts(new Set(check.prints.all.map(({ figure }) => figure.fact)), entries, books.world);
  return {
    ties: tiesAbout(check, moved).filter(ofKind),
    narrowed: `since position ${since}: ${countEntries(entries)} entries moved ${moved.size} facts`,
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

const countsJson = (ties: readonly CheckedTie[]) => ({
  ties: countIn(ties, 'ties'),
  withinRounding: countIn(ties, 'within-rounding'),
  repaired: countIn(ties, 'repaired'),
  doesNotTie: countIn(ties, 'does-not-tie'),
  explained: countIn(ties, 'explained'),
  notRun: countIn(ties, 'not-run'),
  total: ties.length,
});

export async function runCheck(
  session: Session,
  kinds: readonly string[],
  options: CheckOptions,
): Promise<number> {
  const { io, globals, book } = session;
  const wanted = asked(kinds, options, session);
  const run = await checked(session);
  const { ties, narrowed } = await chosen(session, run, wanted);
  const coverage = coverageOf(run.check, run.entries, run.input);
  const whole = kinds.length === 0 && wanted.since === undefined;
  const findings = [
    ...findingsOf(ties, { ...run, suspects: await suspectsOf(session, run) }),
    ...(whole ? upkeepOf(run.check) : []),
  ];
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
  const tested = options.selfTest ? selfTest(run.check, run.input, run.entries) : undefined;
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
          ...(tested ? { selfTest: tested } : {}),
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
    `${ties.length} ties on rev ${session.revision} · ${session.basis}${narrowed === '' ? '' : ` · ${narrowed}`}`,
  );
  say('');
  for (const line of matrixLines(ties, out.width < 100)) say(line);
  say('');
  for (const line of findingLines(findings, (figure) => run.check.prints.get(figure)?.figure, out)) say(line);
  if (whole) for (const line of repairLines(run, out.width)) say(line);
  if (whole) for (const line of coverageLines(run, coverage, out.width)) say(line);
  if (whole) say('');
  if (tested)
    for (const line of [...selfTestLines(tested), '', ...blindLines(tested, out.width), '']) say(line);
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
