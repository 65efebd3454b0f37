/**
 * Ticks documents beside the server: the command itself, given the text on its standard input, so that a long document keeps
 * nobody waiting and its answer is the command's. Bounded in number and in time; the text is never on disk.
 */
import { spawn } from 'node:child_process';
import { storeUrl, ticksDocument, type Axes, type Session, type Source, type TextOf } from '@tieout/answers';
import { tickDocument, type TickDocument } from '@tieout/documents';
import { errorCatalogue, LedgerError } from '@tieout/events';
import * as z from 'zod';
import { Refused } from '../platform';
import type { Serving } from '../platform/serving';

/** At once. A report of a hundred pages takes a second or two. */
const RUNNING = 2;
const PATIENCE_MS = 60_000;

const refusal = z.object({
  errors: z.array(
    z.looseObject({
      code: z.enum(Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[]),
      message: z.string(),
    }),
  ),
});

export class Ticker {
  private running = 0;

  constructor(private readonly serving: Pick<Serving, 'command' | 'cwd'>) {}

  /** What is found of the text, as the books stand in the session. Refuses (429) one too many, and (504) one that takes too long. */
  async ticks(
    session: Session,
    document: TextOf,
    { axes, source }: { readonly axes: Axes; readonly source: Source },
  ): Promise<TickDocument> {
    const store = storeUrl(source, session.book.id, this.serving.cwd);
    // No other process sees them.
    if (store === 'memory:') return ticksDocument(session, document);
    if (this.running >= RUNNING)
      throw new Refused(429, `${this.running} documents are being ticked`, 'wait for one to end', {
        'Retry-After': '5',
      });
    this.running += 1;
    try {
      const { at, period } = axes;
      const { out, err, exit } = await this.run(document.text, [
        ...['tick', '-', '--json', '--store', store, '--known-at', String(session.revision)],
        ...(source.book === undefined ? [] : ['-b', source.book]),
        ...(at === undefined ? [] : ['--at', at]),
        ...(period === undefined ? [] : ['-p', period]),
      ]);
      if (exit === null) throw new Refused(504, 'the document takes too long', 'send a part of it');
      if (exit > 1) throw refusedBy(err);
      const found = tickDocument.parse(JSON.parse(out));
      return { ...found, document: { ...found.document, name: document.name } };
    } finally {
      this.running -= 1;
    }
  }

  /** `exit` is null where it was stopped. */
  private run(
    text: string,
    args: readonly string[],
  ): Promise<{ readonly out: string; readonly err: string; readonly exit: number | null }> {
    const { command, cwd } = this.serving;
    const env = { ...process.env, CI: '1' };
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [command, ...args], { cwd, env, stdio: 'pipe' });
      const stop = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
      // One that ends before it has read all says why on stderr.
      child.stdin.on('error', () => undefined).end(text);
      child.once('error', reject);
      child.once('close', (exit) => {
        clearTimeout(stop);
        resolve({ out, err, exit });
      });
    });
  }
}

/** What the command said when it refused; anything else is a bug of ours. */
function refusedBy(err: string): Error {
  const begins = err.indexOf('{');
  try {
    const { errors } = refusal.parse(JSON.parse(err.slice(begins)));
    return new LedgerError(errors);
  } catch {
    return new Error(`tick ended without an answer: ${err.slice(-2000)}`);
  }
}
