/**
 * The books of the small company in use: given entries in journal notation, when replayed, then whole statements.
 *
 * Entries are admitted before they are appended, as the command admits them; what is refused is said and nothing of the
 * text is written. A statement comes back as text, all of it: a column a period, credits of debit lines in parentheses,
 * `n.d.` where the books cannot say the amount.
 */
import { openEventLog, type EventLog } from '@tieout/event-log';
import { carriesEntry, newEventId, type LedgerEvent } from '@tieout/events';
import {
  admit,
  assertionOf,
  balancesAt,
  entryFromEvent,
  eventFromEntry,
  fingerprint,
  foldLedger,
  parseJournal,
  periodOfEntry,
  printAmount,
  type Entry,
  type KnownEntry,
  type LedgerState,
} from '@tieout/ledger';
import { Replay, Statements, type BookStructure } from '@tieout/projections';
import type { Statement, Value, When } from '@tieout/statements';
import { decoded, projectionsOver } from './law-replay';
import { companyWith } from './law-company';

export interface Books {
  readonly log: EventLog;
  readonly structure: BookStructure;
  /** Post a journal: all of it, or nothing and the problems. */
  post(journal: string): Promise<readonly string[]>;
  /** Post a journal that must be taken. */
  given(journal: string): Promise<void>;
  close(period: string): Promise<void>;
  reopen(period: string, reason: string): Promise<void>;
  /** What the log has said so far. */
  state(): Promise<LedgerState>;
  /** A statement as text, of the whole log or as it was known before a position. */
  statement(id: string, seen?: { readonly when?: When; readonly knownAt?: number }): Promise<string>;
}

/** New books: every period open, and nothing on any account. */
export async function openBooks(structure: BookStructure = companyWith()): Promise<Books> {
  const { chart, layouts } = structure;
  const log = await openEventLog('memory:');
  const context = await projectionsOver(log, structure);
  const state = async (): Promise<LedgerState> => foldLedger(await decoded(log));
  const say = async (said: readonly { period: string; event: LedgerEvent }[]): Promise<void> => {
    for (const { period, event } of said) {
      const news = { id: newEventId(), event, recordedAt: '2023-01-31T00:00:00.000Z', actor: 'bookkeeper' };
      await log.append([{ stream: `company/${period}`, expected: 'any', events: [news] }]);
    }
  };
  const opened = (period: string, opening: ReturnType<typeof assertionOf>): LedgerEvent => {
    const { from, to } = chart.periods.find(({ id }) => id === period) ?? { from: '', to: '' };
    return { name: 'PeriodOpened', payload: { period, from, to, opening } };
  };
  for (const { id } of chart.periods) await say([{ period: id, event: opened(id, []) }]);

  const post = async (journal: string): Promise<readonly string[]> => {
    let known = await state();
    const there = new Map<string, KnownEntry>();
    for (const event of await decoded(log))
      if (carriesEntry(event)) there.set(event.payload.entry, fingerprint(entryFromEvent(event)));
    const at = (id: string): KnownEntry | undefined => there.get(id);
    const problems: string[] = [];
    const said: { period: string; event: LedgerEvent }[] = [];
    for (const entry of parseJournal(journal) satisfies readonly Entry[]) {
      problems.push(
        ...admit(known, entry, chart, { known: at }).map(({ code, message }) => `${code}: ${message}`),
      );
      const event = eventFromEntry(entry);
      said.push({ period: periodOfEntry(entry, chart)?.id ?? '', event });
      if (problems.length === 0) known = foldLedger([event], known);
      there.set(entry.id, fingerprint(entry));
    }
    if (problems.length === 0) await say(said);
    return problems;
  };

  return {
    log,
    structure,
    post,
    state,
    async given(journal) {
      expect(await post(journal)).toStrictEqual([]);
    },
    async close(period) {
      const index = chart.periods.findIndex(({ id }) => id === period);
      const next = chart.periods[index + 1];
      const closing = assertionOf(balancesAt(await state(), chart.periods[index]?.to ?? ''));
      await say([{ period, event: { name: 'PeriodClosed', payload: { period, closing } } }]);
      if (next) await say([{ period: next.id, event: opened(next.id, closing) }]);
    },
    async reopen(period, reason) {
      await say([{ period, event: { name: 'PeriodReopened', payload: { period, reason } } }]);
    },
    async statement(id, { when = { kind: 'as-laid-out' } as const, knownAt } = {}) {
      const layout = layouts.find((each) => each.id === id);
      if (!layout) throw new Error(`the company has no statement ${id}`);
      const at = when.kind === 'day' ? { at: when.day } : {};
      await context
        .get(Replay)
        .run({ from: 'genesis', ...at, ...(knownAt === undefined ? {} : { knownAt }) });
      return statementText(context.get(Statements).statement(layout, when));
    },
  };
}

function valueTextOf(value: Value | undefined): string {
  if (value === undefined) return '';
  if (value.kind === 'money') return printAmount(value.minor);
  return value.kind === 'not-disclosed' ? 'n.d.' : value.kind;
}

/** A statement as text: labels to the left, digits under digits. */
export function statementText({ blocks }: Statement): string {
  const rows = blocks.flatMap(({ columns, lines }) => [
    ['', ...columns.map(({ label }) => label)],
    ...lines.map(({ label, cells }) => [label, ...cells.map((cell) => valueTextOf(cell?.value))]),
  ]);
  const digits = (cell: string): string => cell.replace(/\)$/, '');
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => digits(row[column] ?? '').length)),
  );
  // A closing parenthesis hangs over, as in print.
  const aligned = (cell: string, column: number): string =>
    column === 0
      ? `${cell.padEnd(widths[0] ?? 0)} `
      : `${digits(cell).padStart(widths[column] ?? 0)}${cell.endsWith(')') ? ')' : ' '}`;
  return rows.map((row) => row.map(aligned).join(' ').trimEnd()).join('\n');
}

/** Expected text, as a spec writes it: indented as a whole, between two line breaks. */
export function text(written: string): string {
  const lines = written.split('\n').slice(1);
  if (lines.at(-1)?.trim() === '') lines.pop();
  const margin = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n');
}
