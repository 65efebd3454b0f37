/**
 * The plain-text accounting engines that an export is held against: each is told a journal and asked, in its own
 * language, what every account stands at and what it moved by. None of our code adds anything up for them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { toBeancount, toHledger, toLedger, type JournalToExport, type NameStyle } from '@tieout/interchange';

/** Postings of some days and movements: everything up to a day where there is no first one. */
export interface Asked {
  readonly from?: string;
  readonly to: string;
  readonly movements?: readonly string[];
  readonly except?: readonly string[];
}

export interface Engine {
  readonly name: string;
  readonly program: string;
  readonly style: NameStyle;
  readonly write: (journal: JournalToExport) => string;
  /** What it says against the file: nothing, when it takes it. */
  complaint(file: string): string;
  /** Amounts as it prints them, by its account names; what it does not name is nil. */
  sums(file: string, asked: Asked): ReadonlyMap<string, string>;
  /** The text without the balances that it asserts. */
  withoutAssertions(text: string): string;
}

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** No configuration of whoever runs the specs; UTF-8, without which hledger does not read entity names. */
function run(program: string, args: readonly string[]): Said {
  const env = { PATH: process.env.PATH ?? '', HOME: tmpdir(), LC_ALL: 'C.UTF-8' };
  const { status, stdout, stderr, error } = spawnSync(program, args, { env, encoding: 'utf8' });
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
}

const complaintOf = ({ code, out, err }: Said): string =>
  code === 0 && err === '' ? '' : `exit ${code}: ${err}${out}`;

function answer(program: string, args: readonly string[]): string {
  const said = run(program, args);
  if (complaintOf(said) !== '') throw new Error(`${program} ${args.join(' ')}: ${complaintOf(said)}`);
  return said.out;
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

const oneOf = (names: readonly string[]): string => `^(${names.join('|')})$`;

/** CSV rows of account and amount: the head left out, the commodity and what pads a column removed. */
const amounts = (csv: string): ReadonlyMap<string, string> =>
  new Map(
    parse(csv, { from_line: 2, trim: true, skip_empty_lines: true }).map(([account = '', amount = '']) => [
      account,
      amount.replace(/[A-Z]+/, '').trim(),
    ]),
  );

const hledger: Engine = {
  name: 'hledger',
  program: 'hledger',
  style: 'lower',
  write: toHledger,
  complaint: (file) => complaintOf(run('hledger', ['-f', file, 'check', '--strict'])),
  sums(file, { from, to, movements, except }) {
    const query = [
      ...(from === undefined ? [] : ['-b', from]),
      ...['-e', dayAfter(to)],
      ...(movements ? [`tag:movement=${oneOf(movements)}`] : []),
      ...(except ? [`not:tag:movement=${oneOf(except)}`] : []),
    ];
    return amounts(answer('hledger', ['-f', file, 'bal', '--flat', '-N', '-E', '-O', 'csv', ...query]));
  },
  withoutAssertions: (text) => text.replace(/ =\*? .*$/gm, ''),
};

const ledger: Engine = {
  name: 'Ledger',
  program: 'ledger',
  style: 'lower',
  write: toLedger,
  complaint: (file) => complaintOf(run('ledger', ['--args-only', '--pedantic', '-f', file, 'source'])),
  sums(file, { from, to, movements, except }) {
    const limits = [
      ...(movements ? [`tag("movement") =~ /${oneOf(movements)}/`] : []),
      ...(except ? [`!(tag("movement") =~ /${oneOf(except)}/)`] : []),
    ];
    const query = [
      ...(from === undefined ? [] : ['-b', from]),
      ...['-e', dayAfter(to)],
      ...(limits.length > 0 ? ['--limit', limits.join(' & ')] : []),
    ];
    const format = ['--flat', '--no-total', '--balance-format', '%(account),%(quantity(display_total))\n'];
    return amounts(
      `account,amount\n${answer('ledger', ['--args-only', '-f', file, 'bal', ...format, ...query])}`,
    );
  },
  withoutAssertions: (text) => text.replace(/^assert .*$| = .*$/gm, ''),
};

const beancount: Engine = {
  name: 'Beancount',
  program: 'bean-check',
  style: 'capital',
  write: toBeancount,
  complaint: (file) => complaintOf(run('bean-check', ['--no-cache', file])),
  sums(file, { from, to, movements, except }) {
    const conditions = [
      ...(from === undefined ? [] : [`date >= ${from}`]),
      `date <= ${to}`,
      ...(movements ? [`meta('movement') ~ '${oneOf(movements)}'`] : []),
      ...(except ? [`not meta('movement') ~ '${oneOf(except)}'`] : []),
    ];
    const query = `select account, sum(number) where ${conditions.join(' and ')} group by account`;
    return amounts(answer('bean-query', ['-q', '-f', 'csv', file, query]));
  },
  withoutAssertions: (text) => text.replace(/^\S+ balance .*\n( {2}figure: .*\n)?/gm, ''),
};

export const engines = { hledger, ledger, beancount } as const;

export function isInstalled({ program }: Engine): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Does something with the text in a file of its own. */
export function inFile<T>(text: string, use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-engine-'));
  try {
    const file = join(folder, 'journal');
    writeFileSync(file, text);
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
