/**
 * The reproducibility record: what was held against what, what came of it, and how anyone finds the same.
 *
 * A record is a function of the book's files, the log and the tool's version, and of nothing else: no path, no machine,
 * no time of writing. Two clones make the same bytes (RFC 8785), and `verifiedBy` names every place where a record and
 * what is there now differ. It says what it does not show in the same breath as what it does.
 */
import { canonical, sha256 } from '@tieout/events';
import type { Period } from '@tieout/ledger';
import { countTies, type Check, type CheckedTie } from './check';
import type { Basis, FigureCoverage } from './coverage';
import type { Side } from './expression';
import type { Monomial } from './polynomial';
import type { Repair } from './repair';
import { figureStates, type FigureState } from './state';
import { subjectsOf } from './ties';

/** By whom, when and why. */
interface Decided {
  readonly actor: string;
  /** ISO 8601, UTC: from the log, never the time of writing. */
  readonly recordedAt: string;
  readonly reason: string;
}

export interface RecordInput {
  readonly tool: { readonly name: string; readonly version: string };
  readonly book: {
    readonly id: string;
    readonly entity: string;
    readonly title: string;
    /** Every file of the book with the hash of its bytes, by path inside it. */
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
    /** The document that it reconstructs, where the book says so. */
    readonly source?: { readonly title: string; readonly sha256?: string };
  };
  readonly periods: readonly Period[];
  readonly log: { readonly length: number; readonly head: string; readonly entries: number };
  readonly check: Check;
  readonly coverage: FigureCoverage;
  /** Repairs that persons confirmed, by figure id. */
  readonly confirmations: ReadonlyMap<string, Decided>;
  /** Probable causes of a tie that does not tie, the most probable first. */
  readonly causesOf?: (tie: CheckedTie) => readonly { readonly name: string; readonly text: string }[];
}

export const recordSchema = 'tieout.record/1' as const;

/** What the agreement shows, and what it does not. */
export const shown =
  'Whether the published figures contradict each other, and that at least one double-entry ledger, the one in this log, gives every figure that ties.';
export const notShown: readonly string[] = [
  'That the entries happened. They are reconstructed entries: nobody outside the company has its ledger, and infinitely many other ledgers would give the same figures.',
  'That labels are right where only their order supports them.',
  'That anything was disclosed that should have been.',
  'Anything about a self-supporting figure beyond its own print: the entries could absorb any change of it, and its tie to the ledger repeats its input.',
  'That anyone audited the figures: a column is audited or unaudited as it says below, and this record is no audit.',
];

/** The record without the hash of its own bytes. */
export function recordOf(input: RecordInput) {
  const { tool, book, log, check, coverage } = input;
  const { id, entity, title, files, source } = book;
  // A repaired figure's tie to the ledger says nothing that the figure does not.
  const broken = check.ties.filter(
    ({ tie, state }) => remarkable(state) && !(tie.kind === 'ledger' && state === 'repaired'),
  );
  const figures = check.figures.filter(({ state }) => remarkable(state));
  const { basis, ...counts } = coverage;
  const findings =
    check.ties.some(({ state }) => state === 'does-not-tie') ||
    check.waiting.length > 0 ||
    check.stale.length > 0;
  return {
    schema: recordSchema,
    result: findings ? 'findings' : 'no-findings',
    tool,
    book: { id, entity, title, sha256: sha256(canonical(files)), files },
    ...(source ? { source } : {}),
    columns: input.periods.map(({ id: period, label, from, to, audit }) => ({
      period,
      label,
      from,
      to,
      audit,
    })),
    log,
    figures: {
      total: check.figures.length + check.unreached.length,
      states: figureCounts(check, basis),
      remarkable: figures.map(({ figure, state, replayed, difference, note, ties }) => ({
        id: figure.id,
        fact: figure.fact,
        state,
        label: figure.label,
        statement: figure.statement,
        unit: figure.unit,
        published: figure.published,
        text: figure.text,
        sourceLine: figure.sourceLine,
        reading: figure.reading,
        ...(replayed === undefined ? {} : { replayed }),
        ...(difference === undefined ? {} : { difference }),
        ...(note === undefined ? {} : { note }),
        basis: basis.get(figure.id) ?? 'self-supporting',
        ...(figure.because === undefined ? {} : { because: figure.because }),
        ...repaired(figure.id, input),
        // By their ids: they stand in full among the ties. Its tie to the ledger is this very line.
        ties: ties
          .filter((each) => remarkable(each.state) && each.tie.kind !== 'ledger')
          .map(({ tie }) => tie.id),
      })),
    },
    ties: {
      total: check.ties.length,
      kinds: Object.fromEntries(
        [...countTies(check.ties)].map(([kind, states]) => [kind, Object.fromEntries(states)]),
      ),
      remarkable: broken.map((each) => tieInFull(each, input)),
    },
    coverage: counts,
    waiting: check.waiting.map(repairInFull),
    stale: check.stale.map((each) => ({ ...each })),
    shown,
    notShown,
    reproduce: [
      `npm -s start -- -b ${id} verify`,
      `npm -s start -- -b ${id} check`,
      `npm -s start -- -b ${id} record verify FILE`,
    ],
  };
}
export type ReproducibilityRecord = ReturnType<typeof recordOf>;

/** A record with the SHA-256 of its canonical bytes without this very field. */
export type SealedRecord = ReproducibilityRecord & { readonly sha256: string };

/** Does not tie, is explained or repaired: what a record gives in full. */
const remarkable = (state: FigureState | CheckedTie['state']): boolean =>
  state === 'does-not-tie' || state === 'explained' || state === 'repaired';

/** How many figures are in each state, and of those how many on each basis. */
function figureCounts({ figures, unreached }: Check, basis: ReadonlyMap<string, Basis>) {
  const counts: Partial<Record<FigureState, Record<'total' | Basis, number>>> = {};
  const count = (state: FigureState, on: Basis): void => {
    const own = (counts[state] ??= { total: 0, 'cross-checked': 0, 'self-supporting': 0, rounded: 0 });
    own.total += 1;
    own[on] += 1;
  };
  for (const { figure, state } of figures) count(state, basis.get(figure.id) ?? 'self-supporting');
  // A claim of the prose that nothing reaches is untested, and claims nothing.
  for (const _ of unreached) count('untested', 'self-supporting');
  return Object.fromEntries(
    figureStates.flatMap((state) => (counts[state] ? [[state, counts[state]] as const] : [])),
  );
}

const repairInFull = ({ figure, found, equations, restsOn }: Repair) => ({
  figure,
  found,
  equations,
  restsOn,
});

function repaired(figure: string, { check, confirmations }: RecordInput) {
  const repair = check.repairs.find((each) => each.figure === figure);
  const confirmation = confirmations.get(figure);
  return {
    ...(repair
      ? { repair: { found: repair.found, equations: repair.equations, restsOn: repair.restsOn } }
      : {}),
    ...(confirmation ? { confirmation: decided(confirmation) } : {}),
  };
}

const decided = ({ actor, recordedAt, reason }: Decided): Decided => ({ actor, recordedAt, reason });

function tieInFull(each: CheckedTie, { causesOf }: RecordInput) {
  const { tie, state, left, right, difference, note, explanation } = each;
  return {
    id: tie.id,
    kind: tie.kind,
    state,
    about: subjectsOf(tie),
    ...(tie.kind === 'ledger'
      ? {}
      : {
          equation: `${sideText(tie.left)} = ${sideText(tie.right)}`,
          unit: tie.unit,
          ...(tie.why === undefined ? {} : { why: tie.why }),
        }),
    ...(left === undefined ? {} : { left }),
    ...(right === undefined ? {} : { right }),
    ...(difference === undefined ? {} : { difference }),
    ...(note === undefined ? {} : { note }),
    ...(explanation ? { explanation: { cause: explanation.cause, ...decided(explanation) } } : {}),
    ...(state === 'does-not-tie' && causesOf
      ? { causes: causesOf(each).map(({ name, text }) => ({ name, text })) }
      : {}),
  };
}

function sumText(of: readonly Monomial[]): string {
  const terms = of.map(({ times, of: prints }, index) => {
    const size = Math.abs(times);
    const factors = [...(size === 1 && prints.length > 0 ? [] : [String(size)]), ...prints].join(' * ');
    return `${times < 0 ? (index === 0 ? '-' : '- ') : index === 0 ? '' : '+ '}${factors}`;
  });
  return terms.length === 0 ? '0' : terms.join(' ');
}

const sideText = ({ of, over }: Side): string =>
  over ? `(${sumText(of)}) / (${sumText(over)})` : sumText(of);

export const sealed = (record: ReproducibilityRecord): SealedRecord => ({
  ...record,
  sha256: sha256(canonical(record)),
});

/** Something that differs: its place as a JSON pointer (RFC 6901), lists of named things by name. Undefined: not there. */
export interface Difference {
  readonly path: string;
  readonly recorded: string | undefined;
  readonly found: string | undefined;
}

/** Where a record that was read and what is derived now differ; nothing, when the record is verified. */
export function verifiedBy(recorded: unknown, derived: SealedRecord): readonly Difference[] {
  if (!isObject(recorded)) return [{ path: '', recorded: 'no record', found: derived.schema }];
  const { sha256: seal, ...body } = recorded;
  const { sha256: own, ...now } = derived;
  const differences: Difference[] = [];
  const bodyHash = sha256(canonical(body));
  // The file itself was changed: its own hash no longer speaks for it.
  if (seal !== bodyHash) differences.push({ path: '/sha256', recorded: short(seal), found: bodyHash });
  compare('', body, now, differences);
  if (differences.length === 0 && seal !== own)
    differences.push({ path: '/sha256', recorded: short(seal), found: own });
  return differences;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const names = ['id', 'path', 'period', 'figure', 'subject'] as const;

/** A list of things with names of their own, each once, as an object; any other list by index. */
function byName(list: readonly unknown[]): Readonly<Record<string, unknown>> {
  for (const name of names) {
    const keys = list.flatMap((each) =>
      isObject(each) && typeof each[name] === 'string' ? [each[name]] : [],
    );
    if (keys.length === list.length && new Set(keys).size === list.length) {
      return Object.fromEntries(list.map((each, index) => [keys[index] ?? '', each]));
    }
  }
  return Object.fromEntries(list.map((each, index) => [String(index), each]));
}

function compare(path: string, recorded: unknown, found: unknown, into: Difference[]): void {
  if (Array.isArray(recorded) && Array.isArray(found)) {
    compare(path, byName(recorded), byName(found), into);
    return;
  }
  if (isObject(recorded) && isObject(found)) {
    for (const key of [...new Set([...Object.keys(recorded), ...Object.keys(found)])].sort()) {
      const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
      compare(`${path}/${step}`, recorded[key], found[key], into);
    }
    return;
  }
  const [left, right] = [short(recorded), short(found)];
  if (text(recorded) !== text(found)) into.push({ path, recorded: left, found: right });
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : canonical(value));

function short(value: unknown): string | undefined {
  const whole = typeof value === 'string' ? value : text(value);
  return whole === undefined || whole.length <= 80 ? whole : `${whole.slice(0, 79)}…`;
}
