/**
 * `export hledger|ledger|beancount`: the reconstructed entries as a plain-text journal that another engine recomputes,
 * with every balance asserted that ours stands at. What the log holds is exported, what was posted included.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExitCode, refuse } from '@tieout/events';
import {
  publishedBalances,
  toBeancount,
  toHledger,
  toLedger,
  type JournalToExport,
} from '@tieout/interchange';
import type { Entry } from '@tieout/ledger';
import { Journal } from '@tieout/projections';
import type { Session } from '../session';

const writers = { hledger: toHledger, ledger: toLedger, beancount: toBeancount } as const;
export type JournalFormat = keyof typeof writers;
export const journalFormats = Object.keys(writers) as readonly JournalFormat[];

export async function runExportJournal(
  session: Session,
  format: JournalFormat,
  options: { out?: string },
): Promise<number> {
  const { io, book, app } = session;
  const { entity, title, chart, concepts, figures, amountUnit } = book;
  const entries: Entry[] = [];
  for await (const lines of app.get(Journal).entries()) entries.push(...lines.map(({ entry }) => entry));
  const journal: JournalToExport = {
    entity,
    title,
    chart,
    amounts: amountUnit.text,
    entries,
    concepts,
    figures,
  };
  const text = writers[format](journal);
  const broken = publishedBalances(journal).filter(({ holds }) => !holds);
  if (broken.length > 0)
    io.tell(
      `published balances that the entries do not give stand as comments: ${broken.map(({ fact }) => fact).join(', ')}`,
    );
  if (options.out === undefined || options.out === '-') {
    io.print(text.trimEnd());
    return ExitCode.done;
  }
  const file = resolve(io.cwd, options.out);
  try {
    writeFileSync(file, text);
  } catch (error) {
    refuse('E602', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      help: 'name another file with -o',
    });
  }
  io.tell(`${entries.length} entries of ${book.id} written to ${file}`);
  return ExitCode.done;
}
