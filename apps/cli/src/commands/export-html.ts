/**
 * `export html`: the whole book as one page that reads without a script. React comes with the server's bundle, and no other
 * command pays for it.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reportDocuments } from '@tieout/answers';
import { ExitCode, refuse } from '@tieout/events';
import { serverBundle } from '../server-bundle';
import type { Session } from '../session';

export async function runExportHtml(session: Session, options: { out?: string }): Promise<number> {
  const { io, book } = session;
  const { reportPage } = serverBundle();
  const documents = await reportDocuments(session);
  const page = reportPage(documents);
  if (options.out === undefined || options.out === '-') {
    io.print(page.trimEnd());
    return ExitCode.done;
  }
  const file = resolve(io.cwd, options.out);
  try {
    writeFileSync(file, page);
  } catch (error) {
    refuse('E602', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      help: 'name another file with -o',
    });
  }
  io.tell(
    `${documents.statements.length} statements of ${book.id}, rev ${session.revision}, written to ${file}`,
  );
  return ExitCode.done;
}
