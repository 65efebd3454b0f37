/**
 * `post` and `reverse`: entries into the log. All errors of a file are said at once; nothing half-written.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  debitsOf,
  postDocument,
  postEntries,
  resultOf,
  reverse,
  type AppendOptions,
  type Posted,
  type ReversalAsked,
} from '@tieout/answers';
import { ExitCode, refuse } from '@tieout/events';
import { actorOf } from '../actor';
import type { Session } from '../session';
import { amountText } from './journal';

function textOf(file: string, cwd: string): string {
  try {
    return readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8');
  } catch {
    return refuse('E101', `cannot read ${file}`, {
      help: 'give a YAML file of entries, or - for standard input',
    });
  }
}

function report(session: Session, posted: Posted): number {
  const { io, globals } = session;
  if (globals.json) {
    io.print(JSON.stringify(postDocument(posted), undefined, 2));
    return ExitCode.done;
  }
  for (const entry of posted.entries) {
    const amount = `${amountText(debitsOf(entry), session)} ${session.book.amountUnit.text}`;
    io.print(`${entry.id} ${resultOf(posted, entry)}: ${entry.description} (${amount})`);
  }
  if (posted.dryRun) io.tell('dry run: nothing was written');
  return ExitCode.done;
}

export type PostOptions = Pick<AppendOptions, 'dryRun' | 'expectRev'>;

export async function runPost(session: Session, file: string, options: PostOptions): Promise<number> {
  const text = textOf(file, session.io.cwd);
  const sent = { text, file: file === '-' ? 'standard input' : file };
  return report(session, await postEntries(session, sent, { ...options, actor: actorOf(session) }));
}

export async function runReverse(
  session: Session,
  id: string,
  { reason, date, id: newId, ...options }: PostOptions & ReversalAsked,
): Promise<number> {
  const asked = { reason, date, id: newId };
  return report(session, await reverse(session, id, asked, { ...options, actor: actorOf(session) }));
}
