/**
 * Do the figures tie? All ties or those asked for, what was found with its probable cause, and how much of what is published
 * was tested at all.
 */
import type { CheckDocument, FindingDocument, FindingSide } from '@tieout/documents';
import { refuse } from '@tieout/events';
import { countEntries } from '@tieout/ledger';
import { Journal } from '@tieout/projections';
import {
  figureStates,
  movedFacts,
  selfTest,
  tieKinds,
  tiesAbout,
  tieStates,
  upkeepOf,
  type CheckedTie,
  type Finding,
  type Planted,
  type SideSaid,
  type TieState,
} from '@tieout/proof';
import { checked, type Checked } from './checked';
import type { Session } from './session';
import { suggestion } from './suggestion';

export interface CheckAsked {
  /** Kinds of ties; all when none is named. */
  readonly kinds?: readonly string[];
  /** A log position: only ties of facts that entries from there on moved. */
  readonly since?: string;
  /** States, joined by commas, that make the check fail. */
  readonly failOn?: string;
  /** Per cent of the figures that must be tested. */
  readonly minCoverage?: string;
  /** Plant errors, and count those that some tie notices. */
  readonly selfTest?: boolean;
  /** Explained and repaired figures fail too. */
  readonly strict?: boolean;
}

type FailState = TieState | 'untested';

/** What was asked for, read and found sound. */
interface Asked {
  readonly kinds: ReadonlySet<string>;
  readonly failOn: ReadonlySet<FailState>;
  readonly minCoverage: number;
  readonly since: number | undefined;
}

export interface CheckAnswer {
  readonly run: Checked;
  readonly ties: readonly CheckedTie[];
  /** What the ties are narrowed to, in words; empty where they are not. */
  readonly narrowed: string;
  readonly findings: readonly Finding[];
  /** Findings that make the check fail. */
  readonly blocking: number;
  readonly fails: boolean;
  /** The coverage that was asked for and not reached, in per cent. */
  readonly shortOf?: number;
  /** Nothing was narrowed: coverage and repairs are of all that was asked about. */
  readonly whole: boolean;
  readonly selfTest?: readonly Planted[];
}

function read({ kinds = [], failOn, minCoverage, since, strict }: CheckAsked): Asked {
  for (const kind of kinds) {
    if (!tieKinds.some((each) => each === kind))
      refuse('E602', `no kind of tie is called "${kind}"`, {
        help: suggestion(kind, tieKinds, `the kinds are ${tieKinds.join(', ')}`),
      });
  }
  const states: readonly FailState[] = [...new Set<FailState>([...tieStates, ...figureStates])];
  const named = (failOn ?? (strict ? 'does-not-tie,explained,repaired' : 'does-not-tie'))
    .split(',')
    .map((text) => text.trim());
  const known = named.map(
    (text) =>
      states.find((state) => state === text) ??
      refuse('E602', `--fail-on takes states, and "${text}" is none`, {
        help: suggestion(text, states, `the states are ${states.join(', ')}`),
      }),
  );
  const least = Number((minCoverage ?? '0').replace(/%$/, ''));
  if (!(least >= 0 && least <= 100))
    refuse('E602', `--min-coverage takes a percentage, not "${minCoverage}"`);
  const position = since === undefined ? undefined : Number(since);
  if (position !== undefined && !(Number.isSafeInteger(position) && position >= 0))
    refuse('E602', `--since takes a log position, not "${since}"`);
  return { kinds: new Set(kinds), failOn: new Set(known), minCoverage: least, since: position };
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

/** Figures and claims of which some tie says something. */
export const testedIn = (check: Checked['check']): number =>
  check.figures.filter(({ state }) => state !== 'untested').length;

export const countIn = (ties: readonly CheckedTie[], state: TieState): number =>
  ties.filter((each) => each.state === state).length;

export async function checkAnswer(session: Session, asked: CheckAsked): Promise<CheckAnswer> {
  const wanted = read(asked);
  const run = await checked(session);
  const { check } = run;
  const { ties, narrowed } = await chosen(session, run, wanted);
  const { figures } = run.coverage();
  const whole = wanted.kinds.size === 0 && wanted.since === undefined;
  const own = new Set(ties.map(({ tie }) => tie.id));
  const broken = (await run.findings()).filter(({ tie }) => own.has(tie));
  const findings = [...broken, ...(whole ? upkeepOf(check) : [])];
  const shortOf = figures > 0 && (testedIn(check) * 100) / figures < wanted.minCoverage;
  const blocking = findings.filter(
    ({ kind, state }) => kind === 'repair' || kind === 'explanation' || wanted.failOn.has(state),
  ).length;
  const fails =
    shortOf ||
    blocking > 0 ||
    ties.some(({ state }) => wanted.failOn.has(state)) ||
    (wanted.failOn.has('untested') && testedIn(check) < figures);
  return {
    run,
    ties,
    narrowed,
    findings,
    blocking,
    fails,
    whole,
    ...(shortOf ? { shortOf: wanted.minCoverage } : {}),
    ...(asked.selfTest ? { selfTest: selfTest(check, run.input, run.entries) } : {}),
  };
}

const sideDocument = ({ value, prints, replayed }: SideSaid): FindingSide => {
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

const findingDocument = (found: Finding): FindingDocument => {
  const { tie, kind, state, subject, unit, left, right, difference, causes, explanation, note } = found;
  const [cause, ...candidates] = causes;
  return {
    tie,
    kind,
    state,
    subject,
    ...(unit === undefined ? {} : { unit }),
    ...(left ? { left: sideDocument(left) } : {}),
    ...(right ? { right: sideDocument(right) } : {}),
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

export function checkIn({ run, ties, fails, findings, selfTest: planted }: CheckAnswer): CheckDocument {
  const { basis: _, ...coverage } = run.coverage();
  return {
    schema: 'tieout.check/1',
    result: fails ? 'fails' : 'ties',
    counts: {
      ties: countIn(ties, 'ties'),
      withinRounding: countIn(ties, 'within-rounding'),
      repaired: countIn(ties, 'repaired'),
      doesNotTie: countIn(ties, 'does-not-tie'),
      explained: countIn(ties, 'explained'),
      notRun: countIn(ties, 'not-run'),
      total: ties.length,
    },
    coverage,
    findings: findings.map(findingDocument),
    ...(planted ? { selfTest: planted.map((each) => ({ ...each, blind: [...each.blind] })) } : {}),
  };
}

export const checkDocument = async (session: Session, asked: CheckAsked = {}): Promise<CheckDocument> =>
  checkIn(await checkAnswer(session, asked));
