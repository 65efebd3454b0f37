/**
 * Posting and reversing: entries into the log, admitted one after the other, all or none.
 */
import { readEntries, type JournalEntry } from '@tieout/book';
import type { PostDocument } from '@tieout/documents';
import { carriesEntry, type LedgerEvent, type Problem } from '@tieout/events';
import {
  admit,
  eventFromEntry,
  fingerprint,
  foldLedger,
  isRecorded,
  periodOfEntry,
  reverseEntry,
  type Entry,
  type Known,
  type KnownEntry,
  type LedgerState,
} from '@tieout/ledger';
import { append, type AppendOptions, type Said } from './append';
import { lineOfEntry } from './journal';
import type { Session } from './session';

/** What became of the entries: those written are new, the others were there already. */
export interface Posted {
  readonly entries: readonly Entry[];
  readonly written: ReadonlySet<string>;
  readonly dryRun: boolean;
}

type Sent = Pick<JournalEntry, 'entry' | 'at'>;

/** The entries that the admission of these looks at. */
const namedBy = (entries: readonly Sent[]): string[] =>
  entries.flatMap(({ entry: { id, reverses } }) => (reverses === undefined ? [id] : [id, reverses]));

/** Admit entries one after the other, each on top of those before it, and collect what speaks against any. */
function admitAll(
  entries: readonly Sent[],
  { book: { chart, amountUnit } }: Session,
  before: LedgerState,
  inLog: Known,
): { said: Said[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const said: Said[] = [];
  const admitted = new Map<string, KnownEntry>();
  const known: Known = (id) => admitted.get(id) ?? inLog(id);
  const unfolded: LedgerEvent[] = [];
  let state = before;
  for (const { entry, at } of entries) {
    // What the last one does to the books, nobody asks.
    if (unfolded.length > 0) state = foldLedger(unfolded.splice(0), state);
    const found = admit(state, entry, chart, { scale: amountUnit.scale, known });
    problems.push(...found.map(({ posting: _, ...problem }) => ({ at, ...problem })));
    if (found.length > 0 || isRecorded(entry, known)) continue;
    const event = eventFromEntry(entry);
    said.push({ period: periodOfEntry(entry, chart)?.id ?? '', event });
    unfolded.push(event);
    admitted.set(entry.id, fingerprint(entry));
  }
  return { said, problems };
}

async function post(session: Session, sent: readonly Sent[], options: AppendOptions): Promise<Posted> {
  const said = await append(
    session,
    (state, known) => admitAll(sent, session, state, known),
    options,
    namedBy(sent),
  );
  const written = said.flatMap(({ event }) => (carriesEntry(event) ? [event.payload.entry] : []));
  return {
    entries: sent.map(({ entry }) => entry),
    written: new Set(written),
    dryRun: options.dryRun ?? false,
  };
}

/**
 * Post the entries of a text: YAML or JSON, one entry or a list. `file` is what its problems call it. Refuses with all that
 * speaks against any entry.
 */
export async function postEntries(
  session: Session,
  { text, file }: { readonly text: string; readonly file: string },
  options: AppendOptions,
): Promise<Posted> {
  return post(session, readEntries(text, file, session.book), options);
}

export interface ReversalAsked {
  readonly reason: string;
  /** That of the entry where absent. */
  readonly date?: string | undefined;
  /** That of the entry with -R where absent. */
  readonly id?: string | undefined;
}

/** Post the exact opposite of an entry. Refuses one that is not there (E210) or was reversed (E211). */
export async function reverse(
  session: Session,
  id: string,
  asked: ReversalAsked,
  options: AppendOptions,
): Promise<Posted> {
  const { entry } = await lineOfEntry(session, id);
  const { date = entry.date, reason, id: newId = `${id}-R` } = asked;
  const reversal = reverseEntry(entry, { id: newId, date, reason });
  return post(session, [{ entry: reversal, at: { file: `reversal of ${id}` } }], options);
}

/** What became of an entry, in words. */
export const resultOf = (
  { written, dryRun }: Posted,
  { id }: Entry,
): PostDocument['entries'][number]['result'] =>
  !written.has(id) ? 'already there' : dryRun ? 'would be posted' : 'posted';

/** The document of `tieout post --json`. */
export const postDocument = (posted: Posted): PostDocument => ({
  schema: 'tieout.post/1',
  dryRun: posted.dryRun,
  written: posted.dryRun ? 0 : posted.written.size,
  entries: posted.entries.map((entry) => ({
    ...{ entry: entry.id, event: entry.event, date: entry.date },
    result: resultOf(posted, entry),
  })),
});
