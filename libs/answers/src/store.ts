/**
 * The store that a command works on: a file, memory, or a cluster, whose code is loaded when one is asked for.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openEventLog, openMirror, type EventLog } from '@tieout/event-log';

/** Whether a URL is a cluster's. */
export const isCluster = (url: string): boolean => /^kurrentdb(\+discover)?:/.test(url);

/**
 * Open the store of a book. A cluster's mirror is a file in `folder`, one for each book and list of nodes: it can be
 * removed at any time, and is made again from the cluster.
 */
export async function openStore(
  url: string,
  { book, folder }: { book: string; folder: string },
): Promise<EventLog> {
  if (!isCluster(url)) return openEventLog(url);
  const { openKurrentLog, readConnection } = await import('@tieout/kurrentdb');
  const { hosts } = readConnection(url);
  const nodes = createHash('sha256').update(hosts).digest('hex').slice(0, 8);
  const mirror = await openMirror(`sqlite:${join(folder, `${book}.${nodes}.mirror.db`)}`);
  return openKurrentLog({ url, book, mirror });
}
