/**
 * From a store's URL to its log, and from a log to the book that it is of.
 */
import { decode, refuse, type Payload } from '@tieout/events';
import { memoryStore } from './memory';
import type { Mirror } from './mirror';
import type { EventLog } from './port';
import type { StoreMaker } from './store-maker';
import type { LogVerification } from './verify';

/**
 * Open the log at `sqlite:FILE` (made where there is none, with its folder) or a new one at `memory:`. A cluster is
 * opened by the room kurrentdb, which brings what loading this one must not cost. Refuses with E601 a URL of no store
 * known here, with nothing in the message that may be a password, and as the store does.
 */
export const openEventLog = (url: string): Promise<EventLog> => openMirror(url);

/** As `openEventLog`, with what a copy of another log needs. */
export async function openMirror(url: string): Promise<Mirror> {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  if (scheme === 'memory' && rest === '') return memoryStore()();
  if (scheme === 'sqlite' && rest !== '') {
    // Loaded here and not before: commands that open no such store do not pay for it.
    const { openSqliteLog } = await import('./sqlite');
    return openSqliteLog(rest);
  }
  refuse('E601', `no store has the URL "${withoutPassword(url)}"`, {
    help: 'a store is sqlite:FILE, memory: or kurrentdb://HOST:PORT',
  });
}

/** Start a store that is loaded in one go and will stand at `file`; see `store-maker.ts`. */
export async function storeMaker(file: string): Promise<StoreMaker> {
  const { storeMaker: make } = await import('./store-maker');
  return make(file);
}

/**
 * Copy the embedded store at `url` to the new file `to`, also while others write to it. Returns what the check of the
 * copy found: its length and head. Refuses as `backup.ts` says, and with E602 a store that is no file.
 */
export async function backupLog(url: string, to: string): Promise<LogVerification> {
  const [, file] = /^sqlite:(.+)$/s.exec(url) ?? [];
  if (file === undefined)
    refuse('E602', `only an embedded store is backed up as a file; this one is ${withoutPassword(url)}`);
  const { backupStore } = await import('./backup');
  return backupStore(file, to);
}

const withoutPassword = (url: string): string => url.replace(/\/\/.*@/s, '//');

/** What the first event of a log says of its book; nothing of an empty log. One read; a caller compares `book` (E403). */
export async function bookOf(log: EventLog): Promise<Payload<'BookOpened'> | undefined> {
  const [first] = await log.readAll(0, 1);
  if (first === undefined) return undefined;
  const event = decode(first);
  if (event.name === 'BookOpened') return event.payload;
  refuse('E401', `the log ${log.url} begins with ${event.name}, not with BookOpened`, {
    at: { file: 'event 0' },
  });
}
