/**
 * `export book`: what was posted, written back as a book folder: the entries of each period as the log has them, the
 * rest of the folder as it is. The folder reads back to the same entries.
 */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { entriesToYaml } from '@tieout/book';
import { ExitCode, refuse } from '@tieout/events';
import { periodOfEntry, type Entry } from '@tieout/ledger';
import { Journal } from '@tieout/projections';
import { bookFolder, type Session } from '../session';

export async function runExportBook(session: Session, options: { out?: string }): Promise<number> {
  const { io, book, globals, app } = session;
  const target = resolve(io.cwd, options.out ?? `${book.id}-export`);
  if (existsSync(target))
    refuse('E602', `${target} is there already`, { help: 'name another folder with -o' });
  const entriesOf = new Map<string, Entry[]>();
  for await (const lines of app.get(Journal).entries()) {
    for (const { entry } of lines) {
      const period = periodOfEntry(entry, book.chart)?.id ?? '';
      const there = entriesOf.get(period);
      if (there) there.push(entry);
      else entriesOf.set(period, [entry]);
    }
  }
  const texts = session.wholeBook().journal.map((journal) => {
    const entries = entriesOf.get(journal.period) ?? [];
    return { file: journal.file, entries, text: entriesToYaml(entries, book) };
  });
  const homeless = texts.filter(({ file, entries }) => file === undefined && entries.length > 0);
  if (homeless.length > 0)
    refuse('E602', 'a period with entries has no journal file in book.yaml', {
      help: 'name one for each period, then export again',
    });
  mkdirSync(dirname(target), { recursive: true });
  cpSync(bookFolder(globals.book, io.cwd), target, {
    recursive: true,
    filter: (path) => !path.includes('.tieout'),
  });
  let written = 0;
  for (const { file, text, entries } of texts) {
    if (file === undefined) continue;
    writeFileSync(join(target, file), text);
    written += entries.length;
  }
  io.print(`${written} entries of ${book.id} written to ${target}`);
  return ExitCode.done;
}
