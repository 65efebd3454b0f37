/**
 * `verify`: is the log intact? About the log only: whether the figures agree is the matter of `check` and `figures`.
 *
 * Every event's hash, order and name; every entry balances, keeps its posting rule and stands in an open period; sealed
 * pages say what their events say; openings equal prior closings; accounts stand on a side that they can have; clearing
 * accounts are nil at period ends; what is stored of the projections equals a full replay; the provenance expressions
 * give the amounts. What is damaged is named by its first position, with what can be trusted: all that stands before.
 */
import { checkProvenance } from '@tieout/book';
import { pageLength, type EventLog, type Snapshot } from '@tieout/event-log';
import { ExitCode, LedgerError, refuse, type Problem } from '@tieout/events';
import { balancesAt, signBreaches, type LedgerState } from '@tieout/ledger';
import {
  closedBefore,
  firstDoubt,
  headAt,
  Periods,
  Stated,
  type Found,
  type LogFindings,
} from '@tieout/projections';
import { progressOn } from '../io';
import { forTerminal, padEnd, paint, wrap } from '../print/text';
import type { Session } from '../session';
import { jobsOf, verifyOn } from '../verify-threads';
import { amountText } from './journal';

interface Check {
  readonly name: string;
  /** What was looked at, with numbers. */
  readonly looked: string;
  readonly problems: readonly Problem[];
  /** Nothing could be looked at: never a pass. */
  readonly notRun?: string;
}

function periodProblems(state: LedgerState, session: Session): Problem[] {
  return state.breaks.map(({ event, period, account, asserted, actual }) => ({
    code: 'E401',
    message: `${event} ${period} says ${account} stands at ${amountText(asserted, session)}; the entries before it give ${amountText(actual, session)}`,
  }));
}

function balanceProblems(state: LedgerState, session: Session): Problem[] {
  const { chart } = session.book;
  const problems: Problem[] = [];
  for (const { id, to, disclosedBalances } of chart.periods) {
    const balances = balancesAt(state, to);
    for (const breach of signBreaches(balances, chart)) {
      problems.push({
        code: 'E401',
        message: `${breach.account} stands at ${amountText(breach.minor, session)} at ${to}, on the side that a ${breach.normal} account cannot have`,
      });
    }
    for (const { account, minor } of balances) {
      const clearing = chart.accounts.get(account)?.type === 'clearing';
      if (!clearing || disclosedBalances?.includes(account)) continue;
      problems.push({
        code: 'E401',
        message: `the clearing account ${account} stands at ${amountText(minor, session)} at the end of ${id}, not at nil`,
      });
    }
  }
  return problems;
}

/**
 * What is stored of the projections and statements against the replay: all that another command would start from. Those
 * of an earlier revision are held against a replay up to it.
 */
async function projectionProblems(
  { log, replay, projections }: Session,
  from: 'pages' | 'genesis',
): Promise<{ looked: string; problems: Problem[]; notRun?: string }> {
  const rebuilt = (): readonly Snapshot[] => [...replay.snapshots(), projections.get(Stated).snapshot()];
  const known = new Map(rebuilt().map((each) => [each.projection, each]));
  const stored: Snapshot[] = [];
  for (const each of await log.loadSnapshots()) {
    const inUse = known.has(each.projection) && replay.isOfThisStructure(each);
    if (inUse && (await replay.isOfThisLog(each))) stored.push(each);
  }
  const problems: Problem[] = [];
  for (const length of new Set(stored.map((each) => each.length))) {
    if (length !== replay.revision) await replay.run({ from, knownAt: length });
    const then = new Map(rebuilt().map((each) => [each.projection, each]));
    for (const { projection, version, state } of stored.filter((each) => each.length === length)) {
      const now = then.get(projection);
      if (now?.version === version && now.state === state) continue;
      problems.push({
        code: 'E401',
        message: `the stored projection ${projection} differs from a full replay`,
        help: 'tieout replay rebuilds it',
      });
    }
  }
  const looked = `${stored.length} of ${known.size} stored, equal to a full replay`;
  if (stored.length > 0) return { looked, problems };
  return {
    looked: 'none stored of this log and structure',
    problems,
    notRun: 'no projection is stored of this log and structure; the next tieout replay stores them',
  };
}

/** What the sums of the books show. */
interface Summed {
  readonly checks: readonly Check[];
  readonly breaks: LedgerState['breaks'];
}

/** Sums the books, from sealed pages or from every event, and holds against the sums what was asserted and stored. */
async function summedFrom(session: Session, from: 'pages' | 'genesis'): Promise<Summed> {
  const { replay, projections } = session;
  const checks: Check[] = [];
  let breaks: LedgerState['breaks'] = [];
  // Damage is named by the look at the log; what stands on it is looked at only where it can be read.
  try {
    await replay.run({ from });
    const state = replay.stateOf(projections.get(Periods));
    breaks = state.breaks;
    checks.push({
      name: 'periods',
      looked: `${state.periods.size} periods, openings and closings as asserted`,
      problems: periodProblems(state, session),
    });
    checks.push({
      name: 'balances',
      looked: 'accounts on their side, clearing accounts nil at period ends',
      problems: balanceProblems(state, session),
    });
    checks.push({ name: 'projections', ...(await projectionProblems(session, from)) });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    checks.push({ name: 'replay', looked: 'stopped', problems: error.problems });
  }
  return { checks, breaks };
}

export interface VerifyOptions {
  /** Threads. */
  readonly jobs?: string;
  /** False: the store does not check its file; every event and page is looked at all the same. */
  readonly fileCheck?: boolean;
  /** HEAD, or LENGTH:HEAD: a head that was kept elsewhere. */
  readonly expectHead?: string;
}

const problemsBy = ({ found }: LogFindings, ...kinds: readonly Found['by'][]): Problem[] =>
  found.filter(({ by }) => kinds.includes(by)).map(({ problem }) => problem);

function pagesCheck(findings: LogFindings): Check {
  const due = Math.floor(findings.length / pageLength);
  const problems = problemsBy(findings, 'page', 'cache');
  const check = {
    name: 'pages',
    looked: `${findings.pages} of ${due} sealed, each says what its events say`,
    problems,
  };
  if (findings.pages > 0 || problems.length > 0) return check;
  const why = due === 0 ? 'the log fills no page yet' : 'no page is sealed; tieout replay seals them';
  return { ...check, notRun: why };
}

/** The head that was kept elsewhere against the log as it was computed. */
async function headCheck(log: EventLog, findings: LogFindings, expected: string): Promise<Check> {
  const { length = findings.length, head } = expectedHead(expected);
  const there = await headAt(log, findings, length);
  const looked = `${head} after ${length} events, as expected`;
  if (there === head) return { name: 'head', looked, problems: [] };
  const message =
    there === undefined
      ? `the log has ${findings.length} events; ${head} was expected after ${length}`
      : `the head after ${length} events is ${there}; ${head} was expected`;
  return { name: 'head', looked, problems: [{ code: 'E401', message }] };
}

function expectedHead(text: string): { readonly length?: number; readonly head: string } {
  const [, length, head] = /^(?:(\d{1,15}):)?([0-9a-f]{64})$/.exec(text) ?? [];
  if (head === undefined)
    refuse('E602', `--expect-head takes HEAD or LENGTH:HEAD, 64 hexadecimal digits, not "${text}"`);
  return { head, ...(length === undefined ? {} : { length: Number(length) }) };
}

export async function runVerify(session: Session, options: VerifyOptions = {}): Promise<number> {
  const { io, globals, log, book } = session;
  const checks: Check[] = [];
  const progress = progressOn(io, 'Verifying', globals.quiet ?? false);
  const by = { chart: book.chart, scale: book.amountUnit.scale };
  const jobs = jobsOf(options.jobs, log, session.revision);
  const { fileCheck: inspect = true } = options;
  let provenance: readonly Problem[] = [];
  let summed: Summed | undefined;
  const meanwhile = async (): Promise<void> => {
    provenance = checkProvenance(session.wholeBook());
    summed = await summedFrom(session, 'pages');
  };
  const on = { jobs, inspect, step: progress.step, meanwhile };
  const { log: findings, own } = await verifyOn(log, by, on);
  progress.done();
  checks.push({
    name: 'log',
    looked: `${findings.length} events, every hash and position${inspect ? '' : '; the file was not checked'}`,
    problems: [...problemsBy(findings, 'log'), ...own],
  });
  if (options.expectHead !== undefined) checks.push(await headCheck(log, findings, options.expectHead));
  checks.push({
    name: 'entries',
    looked: `${findings.entries} entries balance and keep their posting rules`,
    problems: problemsBy(findings, 'entries'),
  });
  const pages = pagesCheck(findings);
  checks.push(pages);
  // Where the pages were held against every event, and say the same, their sums are those of a full replay.
  if (!summed || pages.problems.length > 0) summed = await summedFrom(session, 'genesis');
  const { breaks } = summed;
  checks.push(...summed.checks);
  checks.push({
    name: 'provenance',
    looked: `expressions of ${book.id} give the amounts of their postings`,
    problems: provenance,
  });
  const doubt = firstDoubt(findings, breaks);
  const periods = doubt === undefined ? [] : closedBefore(findings.controls, doubt);
  const trusted = doubt === undefined ? undefined : { events: doubt, periods };
  const problems = checks.flatMap((check) => check.problems);
  const damaged = problems.length > 0;
  if (globals.json) {
    const list = checks.map((check) => ({
      check: check.name,
      looked: check.looked,
      result: check.problems.length ? 'fails' : check.notRun ? 'not-run' : 'holds',
      problems: check.problems,
    }));
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.verify/1',
          result: damaged ? 'fails' : 'holds',
          events: findings.length,
          head: findings.head,
          ...(trusted ? { trusted } : {}),
          checks: list,
        },
        undefined,
        2,
      ),
    );
  } else printed(session, checks, findings, trusted);
  return damaged ? ExitCode.damaged : ExitCode.done;
}

interface Trusted {
  /** The events before this position. */
  readonly events: number;
  /** Closed by then. */
  readonly periods: readonly string[];
}

function printed({ io }: Session, checks: readonly Check[], findings: LogFindings, trusted?: Trusted): void {
  const say = (text: string): void => io.print(forTerminal(text, io.out));
  for (const check of checks) {
    const sign =
      check.problems.length > 0
        ? paint('✗', 'red', io.out)
        : check.notRun
          ? '○'
          : paint('✓', 'green', io.out);
    say(`${sign} ${padEnd(check.name, 12)} ${(check.problems.length === 0 && check.notRun) || check.looked}`);
    for (const { message, at, help } of check.problems) {
      for (const line of wrap(`${at ? `${at.file}: ` : ''}${message}`, io.out.width - 4)) say(`    ${line}`);
      if (help) say(`    ${help}`);
    }
  }
  say('');
  say(`head ${findings.head} after ${findings.length} events`);
  const found = checks.reduce((sum, check) => sum + check.problems.length, 0) + findings.unlisted;
  if (found === 0) {
    say('The log is intact. A head kept elsewhere shows a later rewrite of the whole store.');
    return;
  }
  say(paint(`${found} found; nothing was changed`, 'red', io.out));
  if (trusted) {
    const { events, periods } = trusted;
    const closed =
      periods.length === 0 ? 'no period was closed by then' : `closed by then: ${periods.join(', ')}`;
    say(
      events === 0
        ? 'first in doubt: event 0; nothing can be trusted'
        : `first in doubt: event ${events}; events 0 to ${events - 1} can be trusted (${closed})`,
    );
    if (events > 0) say(`tieout recover --to ${events} --out FILE makes a store of them`);
  }
}
