/**
 * From a store's URL to its log, and from a log to the book that it is of.
 */
import { decode, refuse, type Payload } from '@tieout/events';
import { memoryStore } from './memory';
import type { EventLog } from './port';

/**
 * Open the log at `sqlite:FILE` (made where there is none, with its folder) or a new one at `memory:`.
 * Refuses with E601 a URL of no known store, and as the store does.
 */
export async function openEventLog(url: string): Promise<EventLog> {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  if (scheme === 'memory' && rest === '') return memoryStore()();
  if (scheme === 'sqlite' && rest !== '') {
    // Loaded here and not before: commands that open no such store do not pay for it.
    const { openSqliteLog } = await import('./sqlite');
    return openSqliteLog(rest);
  }
  refuse('E601', `no store has the URL "${url}"`, { help: 'a store is sqlite:FILE or memory:' });
}

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
