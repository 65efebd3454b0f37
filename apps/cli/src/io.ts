/**
 * Where a command reads from and writes to: data on stdout, narration and progress on stderr.
 */
import { terminalOf, type Terminal } from './print/text';

export interface Io {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly out: Terminal;
  readonly err: Terminal;
  /** Data, with its line break. */
  print(text: string): void;
  /** Data as it is: part of a line, or of a document. */
  write(text: string): void;
  /** Narration: silent under `--quiet`. */
  tell(text: string): void;
}

export function processIo({ ascii, quiet }: { ascii: boolean; quiet: boolean }): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    out: terminalOf(process.stdout, process.env, ascii),
    err: terminalOf(process.stderr, process.env, ascii),
    print: (text) => void process.stdout.write(`${text}\n`),
    write: (text) => void process.stdout.write(text),
    tell: (text) => void (quiet || process.stderr.write(`${text}\n`)),
  };
}

/** Longer work than this gets a bar, and only on a terminal; elsewhere a line every tenth. */
const BAR_AFTER_MS = 500;

/** A progress callback that draws on stderr; `done()` clears the bar. */
export function progressOn(
  io: Io,
  what: string,
  quiet: boolean,
): { step: (done: number, total: number) => void; done: () => void } {
  const started = Date.now();
  let drawn = false;
  let tenth = 0;
  const bar = process.stderr.isTTY === true && !io.env.CI;
  const step = (done: number, total: number): void => {
    if (quiet || Date.now() - started < BAR_AFTER_MS) return;
    const share = total === 0 ? 1 : done / total;
    if (!bar) {
      if (Math.floor(share * 10) > tenth)
        io.tell(`${what} ${(tenth = Math.floor(share * 10))}0% ${done}/${total}`);
      return;
    }
    const width = 20;
    const filled = '█'.repeat(Math.round(share * width)).padEnd(width, '·');
    process.stderr.write(
      `\r${what} ${io.err.ascii ? filled.replaceAll('█', '#').replaceAll('·', '.') : filled} ${Math.floor(share * 100)}% ${done}/${total} `,
    );
    drawn = true;
  };
  return { step, done: () => void (drawn && process.stderr.write('\r\u001b[2K')) };
}
