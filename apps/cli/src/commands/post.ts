/**
 * `post` and `reverse`: entries into the log. All errors of a file are said at once; nothing half-written.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { append, type AppendOptions, type Said } from '@tieout/answers';
import { readEntries, type JournalEntry } from '@tieout/book';
import { carriesEntry, ExitCode, refuse, type Problem } from '@tieout/events';
import {
  admit,
  entryFromEvent,
  eventFromEntry,
  foldLedger,
  fingerprint,
  isRecorded,
  periodOfEntry,
  reverseEntry,
  type Entry,
  type Known,
  type KnownEntry,
  type LedgerState,
} from '@tieout/ledger';
import { actorOf } from '../actor';
import type { Session } from '../session';
import { amountText, lineOfEntry } from './journal';

function textOf(file: string, cwd: string): string {
  try {
    return readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8');
  } catch {
    return refuse('E101', `cannot read ${file}`, {
      help: 'give a YAML file of entries, or - for standard input',
    });
  }
}

/** The entries that the admission of these looks at. */
const namedBy = (entries: readonly Pick<JournalEntry, 'entry'>[]): string[] =>
  entries.flatMap(({ entry: { id, reverses } }) => (reverses === undefined ? [id] : [id, reverses]));

/** Admit entries one after the other, each on top of those before it, and collect what speaks against any. */
function admitAll(
  entries: readonly Pick<JournalEntry, 'entry' | 'at'>[],
  session: Session,
  before: LedgerState,
  inLog: Known,
): { said: Said[]; problems: Problem[] } {
  const { chart, amountUnit } = session.book;
  const problems: Problem[] = [];
  const said: Said[] = [];
  const admitted = new Map<string, KnownEntry>();
  const known: Known = (id) => admitted.get(id) ?? inLog(id);
  let state = before;
  for (const { entry, at } of entries) {
    const found = admit(state, entry, chart, { scale: amountUnit.scale, known });
    problems.push(...found.map(({ posting: _, ...problem }) => ({ at, ...problem })));
    if (found.length > 0 || isRecorded(entry, known)) continue;
    const event = eventFromEntry(entry);
    said.push({ period: periodOfEntry(entry, chart)?.id ?? '', event });
    state = foldLedger([event], state);
    admitted.set(entry.id, fingerprint(entry));
  }
  return { said, problems };
}

function report(
  session: Session,
  entries: readonly Entry[],
  written: readonly Said[],
  dryRun: boolean,
): number {
  const { io, globals } = session;
  const ids = new Set(written.map(({ event }) => (carriesEntry(event) ? event.payload.entry : '')));
  const what = (entry: Entry): string =>
    !ids.has(entry.id) ? 'already there' : dryRun ? 'would be posted' : 'posted';
  if (globals.json) {
    const list = entries.map((entry) => ({
      entry: entry.id,
      event: entry.event,
      date: entry.date,
      result: what(entry),
    }));
    io.print(
      JSON.stringify(
        { schema: 'tieout.post/1', dryRun, written: dryRun ? 0 : written.length, entries: list },
        undefined,
        2,
      ),
    );
    return ExitCode.done;
  }
  for (const entry of entries) {
    const debits = entry.postings.filter(({ minor }) => minor > 0);
    const size = debits.reduce<number | bigint>((sum, { minor }) => BigInt(sum) + BigInt(minor), 0);
    io.print(
      `${entry.id} ${what(entry)}: ${entry.description} (${amountText(size, session)} ${session.book.amountUnit.text})`,
    );
  }
  if (dryRun) io.tell('dry run: nothing was written');
  return ExitCode.done;
}

export type PostOptions = Omit<AppendOptions, 'actor'>;

export async function runPost(session: Session, file: string, options: PostOptions): Promise<number> {
  const { chart, amountUnit } = session.book;
  const entries = readEntries(textOf(file, session.io.cwd), file === '-' ? 'standard input' : file, {
    chart,
    amountUnit,
  });
  const written = await append(
    session,
    (state, known) => admitAll(entries, session, state, known),
    { ...options, actor: actorOf(session) },
    namedBy(entries),
  );
  return report(
    session,
    entries.map(({ entry }) => entry),
    written,
    options.dryRun ?? false,
  );
}

export interface ReverseOptions extends PostOptions {
  readonly reason: string;
  readonly date?: string;
  readonly id?: string;
}

export async function runReverse(session: Session, id: string, options: ReverseOptions): Promise<number> {
  const { entry } = await lineOfEntry(session, id);
  const { date = entry.date, reason, id: newId = `${id}-R` } = options;
  const reversal = reverseEntry(entry, { id: newId, date, reason });
  const said = [{ entry: entryFromEvent(eventFromEntry(reversal)), at: { file: `reversal of ${id}` } }];
  const written = await append(
    session,
    (state, known) => admitAll(said, session, state, known),
    { ...options, actor: actorOf(session) },
    namedBy(said),
  );
  return report(session, [reversal], written, options.dryRun ?? false);
}
