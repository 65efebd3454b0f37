/** `export FORMAT`: which writer a format has. */
import { journalFormats, suggestion } from '@tieout/answers';
import { refuse } from '@tieout/events';
import type { Session } from '../session';
import { runExportBook } from './export-book';
import { runExportHtml } from './export-html';
import { runExportJournal } from './export-journal';

export async function runExport(
  session: Session,
  format: string,
  options: { out?: string },
): Promise<number> {
  if (format === 'book') return runExportBook(session, options);
  if (format === 'html') return runExportHtml(session, options);
  const journal = journalFormats.find((each) => each === format);
  if (journal) return runExportJournal(session, journal, options);
  const formats = ['book', 'html', ...journalFormats];
  return refuse('E601', `no export format "${format}"`, {
    help: suggestion(format, formats, `there are ${formats.join(', ')}`),
  });
}
