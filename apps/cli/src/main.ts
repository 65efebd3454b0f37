/**
 * `tieout`: the command. Options in, one session, data on stdout, narration on stderr, and an exit code that scripts
 * rely on (tieout help exit-codes).
 */
import 'reflect-metadata';
import { closeSession, type Replays, suggestion } from '@tieout/answers';
import { ExitCode, LedgerError, refuse } from '@tieout/events';
import { Command, CommanderError, Option } from 'commander';
import { checkAxes } from './axes';
import { runCheck, type CheckOptions } from './commands/check';
import { runConfirm, runExplained } from './commands/decide';
import { runDoctor } from './commands/doctor';
import { runExplain } from './commands/explain';
import { runExport } from './commands/export';
import { runFigures } from './commands/figures';
import { runFold, runFoldMerge, type FoldOptions } from './commands/fold';
import { runHelpTopic } from './commands/help';
import { runLog, runShow } from './commands/journal';
import { runOverview } from './commands/overview';
import { runClose, runReopen } from './commands/periods';
import { runPost, runReverse } from './commands/post';
import { runProofCheck, runProofOfEntry, runProofOfGrowth } from './commands/proof';
import { runRecord, runRecordVerify } from './commands/record';
import { runBackup, runRecover } from './commands/recover';
import { runReplay, type ReplayFlags } from './commands/replay';
import { runRestated, type RestatedOptions } from './commands/restated';
import { runServe, serveOptions, type ServeOptions } from './commands/serve';
import { runSimulate, type SimulateOptions } from './commands/simulate';
import { runStatement } from './commands/statement';
import { runTick, type TickOptions } from './commands/tick';
import { runTokenAdd, runTokenList, runTokenRevoke } from './commands/token';
import { runTrialBalance } from './commands/trial-balance';
import { runVerify, type VerifyOptions } from './commands/verify';
import { runWhatIf, whatIfOptions, type WhatIfOptions } from './commands/whatif';
import { processIo, type Io } from './io';
import { isLoadThread, loadThread } from './load-thread';
import { refusalJson, refusalText } from './print/problem';
import { openSession, type Globals, type Session } from './session';
import { isVerifyThread, verifyThread } from './verify-threads';
import { version } from './version';

/** A reader that closes the pipe early (`tieout log | head`) ends the command quietly. */
function quietOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(ExitCode.done);
    throw error;
  });
}

function program(run: (action: (globals: Globals, io: Io) => Promise<number>) => Promise<void>): Command {
  const tieout = new Command('tieout');
  /** A command on a replayed session. */
  const onSession = (
    action: (session: Session) => number | void | Promise<number | void>,
    options: { readonly replays?: Replays } = {},
  ) =>
    run(async (globals, io) => {
      const session = await openSession(globals, io, options);
      try {
        return (await action(session)) ?? ExitCode.done;
      } finally {
        await closeSession(session);
      }
    });

  tieout
    .description(
      'Rebuilds published financial statements from journal entries and proves that the figures balance.',
    )
    .version(version)
    .option(
      '-b, --book <dir>',
      'the book: a folder, or the name of a bundled one (default: the SenseTime book)',
    )
    .option('--at <date>', 'balances at this day, flows up to it')
    .option('-p, --period <period>', 'one period, like 2021H1')
    .option('--known-at <position>', 'as the log was known before this position')
    .addOption(
      new Option(
        '--store <url>',
        'sqlite:FILE, memory: or kurrentdb://HOST:PORT (default: sqlite:.tieout/BOOK-ID.db in the current folder)',
      ).env('TIEOUT_STORE'),
    )
    .option('-u, --units <unit>', 'show money in 1, k, m or bn')
    .option('--json', 'one JSON document on stdout')
    .option('--csv', 'CSV on stdout')
    .option('--ascii', 'nothing but ASCII')
    .option('-q, --quiet', 'no narration')
    .option('--strict', 'repaired and explained figures count as findings')
    .option('--fresh', 'load into a new store; one that is there is kept under another name')
    .showHelpAfterError('(tieout help shows the commands)')
    .helpCommand(false)
    .exitOverride()
    .allowExcessArguments()
    .hook('preAction', (_, command) => {
      let named = command;
      while (named.parent && named.parent !== tieout) named = named.parent;
      checkAxes(named.name(), tieout.opts<Globals>());
    })
    .action(() => {
      const [unknown] = tieout.args;
      if (unknown === undefined) return onSession(runOverview, { replays: 'statements' });
      const names = tieout.commands.map((command) => command.name());
      return refuse('E601', `no command "${unknown}"`, {
        help: suggestion(unknown, names, 'tieout help shows the commands'),
      });
    });

  const statements: readonly (readonly [string, string])[] = [
    ['is', 'the income statement'],
    ['oci', 'the statement of comprehensive income'],
    ['bs', 'the balance sheet'],
    ['soce', 'the statement of changes in equity'],
    ['cf', 'the statement of cash flows'],
  ];
  for (const [name, description] of statements) {
    tieout
      .command(name)
      .description(description)
      .action(() => onSession((session) => runStatement(session, name), { replays: 'statements' }));
  }
  tieout
    .command('note <id>')
    .description('a note, by its number')
    .action((id: string) =>
      onSession((session) => runStatement(session, `note-${id}`), { replays: 'statements' }),
    );
  tieout
    .command('statement <id>')
    .description('any statement of the book, by its id')
    .action((id: string) => onSession((session) => runStatement(session, id), { replays: 'statements' }));
  tieout
    .command('tb')
    .description('the trial balance')
    .action(() => onSession(runTrialBalance, { replays: 'statements' }));
  tieout
    .command('figures')
    .description('every published figure: printed, replayed, state')
    .action(() => onSession(runFigures, { replays: 'statements' }));
  tieout
    .command('check [kinds...]')
    .alias('audit')
    .description('do the figures tie? foot, cross-foot, roll-forward, agree, recompute, articulate, ledger')
    .option('--since <position>', 'only what entries from this log position on moved')
    .option('--fail-on <states>', 'exit 1 on these states (default: does-not-tie)')
    .option('--min-coverage <percent>', 'exit 1 when fewer of the figures are tested')
    .option('--self-test', 'plant errors one at a time, and count those that some tie notices')
    .action((kinds: string[], options: CheckOptions) =>
      onSession((session) => runCheck(session, kinds, options), { replays: 'statements' }),
    );
  tieout
    .command('explain <figure>')
    .description('one figure: where printed, built from which entries, its ties, used by what')
    .action((figure: string) =>
      onSession((session) => runExplain(session, figure), { replays: 'statements' }),
    );
  tieout
    .command('tick <document>')
    .description(
      'a source document (text; - reads standard input) with a state beside every number, prose too',
    )
    .option(
      '--only <states>',
      'only numbers in these states: fails, untested, ghost, repaired, claim-untied, ...',
    )
    .option('--line <number>', 'one line, with all that is known of it')
    .option('-o, --out <file>', 'write FILE.html (one page, no script), FILE.json or FILE.csv')
    .action((document: string, options: TickOptions) =>
      onSession((session) => runTick(session, document, options), { replays: 'statements' }),
    );
  tieout
    .command('log')
    .description('the events of the log')
    .option('-n, --limit <count>', 'at most this many, the last ones')
    .option('--account <family>', 'only entries on this account family')
    .option('--event <name>', 'only events of this name')
    .action((options: { limit?: string; account?: string; event?: string }) =>
      onSession((session) => runLog(session, options), { replays: 'statements' }),
    );
  tieout
    .command('show <entry>')
    .description('one entry, with where it comes from')
    .action((entry: string) => onSession((session) => runShow(session, entry)));
  tieout
    .command('post <file>')
    .description('append entries from a YAML file (- reads standard input)')
    .option('--dry-run', 'check, and write nothing')
    .option('--expect-rev <revision>', 'refuse when the log is at another revision')
    .action((file: string, options: { dryRun?: boolean; expectRev?: string }) =>
      onSession((session) => runPost(session, file, options)),
    );
  tieout
    .command('reverse <entry>')
    .description('append the exact opposite of an entry')
    .requiredOption('--reason <text>', 'why')
    .option('--date <date>', 'the day it is dated (default: that of the entry)')
    .option('--id <id>', 'its id (default: that of the entry with -R)')
    .option('--dry-run', 'check, and write nothing')
    .option('--expect-rev <revision>', 'refuse when the log is at another revision')
    .action(
      (
        entry: string,
        options: { reason: string; date?: string; id?: string; dryRun?: boolean; expectRev?: string },
      ) => onSession((session) => runReverse(session, entry, options)),
    );
  tieout
    .command('close <period>')
    .description('close a period: it takes no more entries')
    .action((period: string) => onSession((session) => runClose(session, period)));
  tieout
    .command('reopen <period>')
    .description('reopen a closed period')
    .requiredOption('--reason <text>', 'why')
    .action((period: string, options: { reason: string }) =>
      onSession((session) => runReopen(session, period, options.reason)),
    );
  tieout
    .command('restated [period]')
    .description('closed periods as published beside as restated, with the late entries between (IAS 8)')
    .option('--since <position>', 'as it was known before this log position, where it was never closed')
    .action((period: string | undefined, options: RestatedOptions) =>
      onSession((session) => runRestated(session, period, options), { replays: 'statements' }),
    );
  tieout
    .command('confirm <figure>')
    .description('accept a repaired reading that is determined but not over-determined')
    .requiredOption('--reason <text>', 'why')
    .action((figure: string, options: { reason: string }) =>
      onSession((session) => runConfirm(session, figure, options.reason)),
    );
  tieout
    .command('explained [subject]')
    .description('the breaks that are explained; with a figure or tie, explain its break')
    .option('--cause <name>', 'the cause, by name')
    .option('--reason <text>', 'why')
    .action((subject: string | undefined, options: { cause?: string; reason?: string }) =>
      onSession((session) => runExplained(session, subject, options)),
    );
  tieout
    .command('replay')
    .description('rebuild all projections from position 0, and put them in place of what is stored')
    .option(
      '--candidate',
      'store nothing: every line of the statements that would move (exit 1 where one does)',
    )
    .option('--accept-moves <reason>', 'cut over although published figures move')
    .option('--follow', 'catch up, then follow the log as it grows, with the lag; until Ctrl-C')
    .action((flags: ReplayFlags) => onSession((session) => runReplay(session, flags), { replays: 'none' }));
  tieout
    .command('verify')
    .description('is the log intact? hashes, entries, pages, openings, projections')
    .option('--jobs <count>', 'threads for a long log (default: one for each processor)')
    .option(
      '--no-file-check',
      "leave out the store's check of its own file; every event is looked at all the same",
    )
    .option('--expect-head <head>', 'a head kept elsewhere: HEAD, or LENGTH:HEAD of an older length')
    .action((options: VerifyOptions) =>
      onSession((session) => runVerify(session, options), { replays: 'none' }),
    );
  const fold = tieout
    .command('fold')
    .description('a share of the log folded to a part, a file; parts of disjoint shares add: fold merge')
    .option('--from <position>', 'from this log position on (default: 0)')
    .option('--until <position>', 'the events before this position (default: all)')
    .option('--stream <streams...>', 'all events of these streams instead')
    .option('-o, --out <file>', 'where to write the part (standard output when absent)')
    .action((options: FoldOptions) => onSession((session) => runFold(session, options), { replays: 'none' }));
  fold
    .command('merge <parts...>')
    .description('add parts: the totals of the whole log, or what is missing (exit 1)')
    .option('-o, --out <file>', 'write the sum, which is a part')
    .option('--against-log', 'hold the sum against the replay of the log in the store')
    .action((parts: string[], { againstLog }: { againstLog?: boolean }) => {
      // Commander gives an option that both have to the outer command.
      const options = fold.opts<FoldOptions>();
      return againstLog
        ? onSession((session) => runFoldMerge(session, parts, options, session), { replays: 'none' })
        : run((globals, io) => runFoldMerge({ globals, io }, parts, options));
    });
  const proof = tieout
    .command('proof')
    .description('documents about the log that anyone can check without it: entry, growth, check');
  proof
    .command('entry <entry>')
    .description('that an entry is in the log of a head')
    .option('-o, --out <file>', 'where to write (standard output when absent)')
    .action((entry: string, options: { out?: string }) =>
      onSession((session) => runProofOfEntry(session, entry, options), { replays: 'none' }),
    );
  proof
    .command('growth <length:head>')
    .description('that the log began as the log of an older head')
    .option('-o, --out <file>', 'where to write (standard output when absent)')
    .action((older: string, options: { out?: string }) =>
      onSession((session) => runProofOfGrowth(session, older, options), { replays: 'none' }),
    );
  proof
    .command('check <file>')
    .description('does a proof hold? No store is opened')
    .option('--head <hex>', 'the head that was kept elsewhere')
    .action((file: string, options: { head?: string }) =>
      run((globals, io) => Promise.resolve(runProofCheck(globals, io, file, options))),
    );
  tieout
    .command('backup <file>')
    .description('a verified copy of the store, taken while others write')
    .action((file: string) => onSession((session) => runBackup(session, file), { replays: 'none' }));
  tieout
    .command('recover')
    .description('a new store with what can be trusted of a damaged one, which stays as it is')
    .requiredOption('--to <position>', 'the events before this position')
    .requiredOption('--out <file>', 'the new store')
    .action((options: { to: string; out: string }) =>
      onSession((session) => runRecover(session, options), { replays: 'none' }),
    );
  const record = tieout
    .command('record')
    .description('the reproducibility record: what was held against what, and how anyone finds the same')
    .option('-o, --out <file>', 'where to write (standard output when absent; FILE.html as a page)')
    .option('--html', 'as a page to print')
    .action((options: { out?: string; html?: boolean }) =>
      onSession((session) => runRecord(session, options), { replays: 'none' }),
    );
  record
    .command('verify <file>')
    .description('derive a record again, and say what differs')
    .action((file: string) => run((globals, io) => runRecordVerify(globals, io, file)));
  tieout
    .command('export <format>')
    .description(
      'book: the posted entries as a book folder; hledger, ledger, beancount: as a journal for that engine; html: statements, findings and figures as one page',
    )
    .option('-o, --out <path>', 'where to write (a journal or page: standard output when absent)')
    .action((format: string, options: { out?: string }) =>
      onSession((session) => runExport(session, format, options), { replays: 'statements' }),
    );
  whatIfOptions(
    tieout
      .command('whatif [words...]')
      .description('what the statements would be: scenarios and drivers over the same replay, checked again'),
  ).action((words: string[], options: WhatIfOptions) =>
    onSession((session) => runWhatIf(session, words, options)),
  );
  tieout
    .command('simulate')
    .description('the book as a ledger of many invented entries that reproduce it, in a store of its own')
    .requiredOption('--entries <count>', 'so many entries in all')
    .requiredOption('--seed <text>', 'the same seed, the same ledger')
    .option('--late <count>', 'so many of them posted days after their date')
    .option('--reversals <count>', 'so many posted twice and reversed')
    .option('--corrections <count>', 'so many posted wrong, reversed and posted right')
    .action((options: SimulateOptions) => run((globals, io) => runSimulate(globals, io, options)));
  serveOptions(
    tieout.command('serve').description('the API and the workbench in a browser, until Ctrl-C'),
  ).action((books: string[], options: ServeOptions) =>
    run((globals, io) => runServe(globals, io, books, options)),
  );
  const token = tieout.command('token').description('who may ask a server: add, list, revoke');
  token
    .command('add <name>')
    .description('a token for one person; it is shown once')
    .requiredOption('--role <roles>', 'reader, preparer, approver; several with commas')
    .option('--expires <day>', 'the last day that it opens anything, or days from now, like 90d')
    .action((name: string, options: { role: string; expires?: string }) =>
      run((globals, io) =>
        Promise.resolve(runTokenAdd(globals, io, name, options)).then(() => ExitCode.done),
      ),
    );
  token
    .command('list')
    .description('who has one')
    .action(() => run((globals, io) => Promise.resolve(runTokenList(globals, io)).then(() => ExitCode.done)));
  token
    .command('revoke <name>')
    .description('from now on it opens nothing')
    .action((name: string) =>
      run((globals, io) => Promise.resolve(runTokenRevoke(globals, io, name)).then(() => ExitCode.done)),
    );
  tieout
    .command('doctor')
    .description('does everything here work?')
    .action(() => run((globals, io) => runDoctor(globals, io)));
  tieout
    .command('help [topic]')
    .description('the commands; an error code (E201); exit-codes')
    .action((topic?: string) =>
      run((_globals, io) => Promise.resolve(runHelpTopic(io, topic, () => tieout.helpInformation()))),
    );

  for (const command of tieout.commands)
    command.exitOverride().allowExcessArguments(false).showHelpAfterError('(tieout help shows the commands)');
  return tieout;
}

async function main(argv: readonly string[]): Promise<void> {
  quietOnClosedPipe();
  const wants = (flag: string, short?: string): boolean =>
    argv.includes(flag) || (short !== undefined && argv.includes(short));
  const io = processIo({ ascii: wants('--ascii'), quiet: wants('--quiet', '-q') });
  const fail = (error: unknown): number => {
    if (error instanceof LedgerError) {
      process.stderr.write(`${wants('--json') ? refusalJson(error) : refusalText(error, io.err)}\n`);
      return error.exitCode;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    if (error instanceof Error && error.name === 'AbortError') {
      process.stderr.write('interrupted; stored projections are untouched\n');
      return ExitCode.interrupted;
    }
    process.stderr.write(
      `bug in tieout ${version}: please report what follows\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 70;
  };
  const tieout: Command = program(async (action) => {
    process.exitCode = await action(tieout.opts<Globals>(), io);
  });
  try {
    await tieout.parseAsync(['node', 'tieout', ...argv]);
  } catch (error) {
    process.exitCode = fail(error);
  }
}

void (isVerifyThread() ? verifyThread() : isLoadThread() ? loadThread() : main(process.argv.slice(2)));
