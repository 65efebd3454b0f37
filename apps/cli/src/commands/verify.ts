/**
 * `verify`: is the log intact? About the log only: whether the figures agree is the matter of `check` and `figures`.
 *
 * Every event's hash, order and name; every entry balances and keeps its posting rule; openings equal prior closings;
 * accounts stand on a side that they can have; clearing accounts are nil at period ends; what is stored of the
 * projections equals a full replay; the provenance expressions give the amounts.
 */
import { checkProvenance } from '@tieout/book';
import { verifyLog } from '@tieout/event-log';
import { carriesEntry, decode, ExitCode, LedgerError, type Problem, type StoredEvent } from '@tieout/events';
import { balancesAt, checkEntry, entryFromEvent, signBreaches, type LedgerState } from '@tieout/ledger';
import { Periods } from '@tieout/projections';
import { progressOn } from '../io';
import { forTerminal, padEnd, paint, wrap } from '../print/text';
import type { Session } from '../session';
import { amountText } from './journal';
import { interruptible } from './replay';

interface Check {
  readonly name: string;
  /** What was looked at, with numbers. */
  readonly looked: string;
  readonly problems: readonly Problem[];
  /** Nothing could be looked at: never a pass. */
  readonly notRun?: string;
}

/** Entries again, each by itself: an edited payload may carry a good hash. */
function entryProblems(
  stored: readonly StoredEvent[],
  session: Session,
): { entries: number; problems: Problem[] } {
  const seen = new Map<string, number>();
  const problems: Problem[] = [];
  for (const each of stored) {
    const event = decode(each);
    if (!carriesEntry(event)) continue;
    const entry = entryFromEvent(event);
    const at = { file: `event ${each.position}` };
    const before = seen.get(entry.id);
    if (before !== undefined)
      problems.push({
        code: 'E207',
        message: `entry ${entry.id} stands at events ${before} and ${each.position}`,
        at,
      });
    seen.set(entry.id, each.position);
    const found = checkEntry(entry, session.book.chart, { scale: session.book.amountUnit.scale });
    problems.push(...found.map(({ posting: _, ...problem }) => ({ ...problem, at })));
  }
  return { entries: seen.size, problems };
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

async function projectionProblems(
  session: Session,
): Promise<{ looked: string; problems: Problem[]; notRun?: string }> {
  const { log, replay } = session;
  const stored = await log.loadSnapshots();
  const rebuilt = new Map(replay.snapshots().map((snapshot) => [snapshot.projection, snapshot]));
  const current = stored.filter((each) => {
    const now = rebuilt.get(each.projection);
    return now && each.length === now.length && each.version === now.version && each.basis === now.basis;
  });
  const problems = current.flatMap(({ projection, state, sha256 }): Problem[] => {
    const now = rebuilt.get(projection);
    if (now && now.sha256 === sha256 && now.state === state) return [];
    return [
      {
        code: 'E401',
        message: `the stored projection ${projection} differs from a full replay`,
        help: 'tieout replay rebuilds it',
      },
    ];
  });
  if (current.length === 0)
    return {
      looked: 'none stored at this revision',
      problems,
      notRun: 'no projection is stored at this revision; the next tieout replay stores them',
    };
  return { looked: `${current.length} of ${rebuilt.size} stored, equal to a full replay`, problems };
}

export async function runVerify(session: Session): Promise<number> {
  const { io, globals, log, replay, app, book } = session;
  const checks: Check[] = [];
  const verification = await verifyLog(log);
  checks.push({
    name: 'log',
    looked: `${verification.length} events, every hash and position`,
    problems: verification.problems,
  });
  // Damage is named by the look at the log; what stands on it is looked at only where it can be read.
  try {
    const stored = await log.readAll(0, verification.length);
    const { entries, problems } = entryProblems(stored, session);
    checks.push({
      name: 'entries',
      looked: `${entries} entries balance and keep their posting rules`,
      problems,
    });
    const progress = progressOn(io, 'Replaying', globals.quiet ?? false);
    await replay.run({ from: 'genesis', onProgress: progress.step, signal: interruptible() });
    progress.done();
    const state = replay.stateOf(app.get(Periods));
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
    checks.push({ name: 'projections', ...(await projectionProblems(session)) });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    checks.push({ name: 'replay', looked: 'stopped', problems: error.problems });
  }
  checks.push({
    name: 'provenance',
    looked: `expressions of ${book.id} give the amounts of their postings`,
    problems: checkProvenance(session.wholeBook()),
  });
  const problems = checks.flatMap((check) => check.problems);
  const damaged = problems.length > 0;
  if (globals.json) {
    const list = checks.map((check) => ({
      check: check.name,
      looked: check.looked,
      result: check.notRun ? 'not-run' : check.problems.length ? 'fails' : 'holds',
      problems: check.problems,
    }));
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.verify/1',
          result: damaged ? 'fails' : 'holds',
          events: verification.length,
          head: verification.head,
          checks: list,
        },
        undefined,
        2,
      ),
    );
  } else {
    const say = (text: string): void => io.print(forTerminal(text, io.out));
    for (const check of checks) {
      const sign =
        check.problems.length > 0
          ? paint('✗', 'red', io.out)
          : check.notRun
            ? '○'
            : paint('✓', 'green', io.out);
      say(`${sign} ${padEnd(check.name, 12)} ${check.notRun ?? check.looked}`);
      for (const { message, at, help } of check.problems) {
        for (const line of wrap(`${at ? `${at.file}: ` : ''}${message}`, io.out.width - 4))
          say(`    ${line}`);
        if (help) say(`    ${help}`);
      }
    }
    say('');
    say(`head ${verification.head} after ${verification.length} events`);
    say(
      damaged
        ? paint(`${problems.length} found; nothing was changed`, 'red', io.out)
        : 'The log is intact. A head kept elsewhere shows a later rewrite of the whole store.',
    );
  }
  return damaged ? ExitCode.damaged : ExitCode.done;
}
