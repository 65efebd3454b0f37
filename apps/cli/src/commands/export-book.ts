/**
 * `export book`: what was posted, written back as a book folder: the entries of each period as the log has them, the
 * rest of the folder as it is. The folder reads back to the same entries.
 */
import { appendFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bookFolder } from '@tieout/answers';
import { entriesToYaml } from '@tieout/book';
import { ExitCode, refuse } from '@tieout/events';
import { periodOfEntry, type Entry } from '@tieout/ledger';
import { Journal } from '@tieout/projections';
import type { Session } from '../session';

export async function runExportBook(session: Session, options: { out?: string }): Promise<number> {
  const { io, book, globals, projections } = session;
  const target = resolve(io.cwd, options.out ?? `${book.id}-export`);
  if (existsSync(target))
    refuse('E602', `${target} is there already`, { help: 'name another folder with -o' });
  const journal = projections.get(Journal);
  const periodOf = (entry: Entry): string => periodOfEntry(entry, book.chart)?.id ?? '';
  const files = new Map(session.wholeBook().journal.map(({ period, file }) => [period, file]));
  const homeless = (await journal.condensed()).some((entry) => files.get(periodOf(entry)) === undefined);
  if (homeless)
    refuse('E602', 'a period with entries has no journal file in book.yaml', {
      help: 'name one for each period, then export again',
    });
  mkdirSync(dirname(target), { recursive: true });
  cpSync(bookFolder(globals.book, session.host), target, {
    recursive: true,
    filter: (path) => !path.includes('.tieout'),
  });
  for (const file of files.values()) if (file !== undefined) writeFileSync(join(target, file), '');
  let written = 0;
  const begun = new Set<string>();
  // Lists of entries, one behind the other, are one list.
  for await (const lines of journal.entries()) {
    for (const [period, file = ''] of files) {
      const entries = lines.map(({ entry }) => entry).filter((entry) => periodOf(entry) === period);
      if (entries.length === 0) continue;
      appendFileSync(join(target, file), `${begun.has(file) ? '\n' : ''}${entriesToYaml(entries, book)}`);
      begun.add(file);
      written += entries.length;
    }
  }
  io.print(`${written} entries of ${book.id} written to ${target}`);
  return ExitCode.done;
}
