/**
 * The server's bundle beside the command: a file of its own, loaded only where it is needed, so that no other command pays
 * for Nest and React.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ReportDocuments } from '@tieout/documents';
import { refuse } from '@tieout/events';

/** What the bundle gives; it is not imported, so its types are said here. */
export interface ServerBundle {
  serve(serving: unknown): Promise<{ readonly url: string; close(): Promise<void> }>;
  reportPage(documents: ReportDocuments): string;
}

export function serverBundle(): ServerBundle {
  process.env.NODE_ENV ??= 'production'; // React and Express look at it: neither is to explain itself here.
  const file = join(__dirname, 'tieout-server.cjs');
  if (!existsSync(file))
    refuse('E101', `the server is not built: ${file} is missing`, { help: 'npm run build builds all' });
  return createRequire(file)(file) as ServerBundle;
}
