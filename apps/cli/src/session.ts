/**
 * A session of the command: what is asked of the book, and how the answer is to be printed.
 */
import { resolve } from 'node:path';
import {
  openSession as open,
  type Axes,
  type Host,
  type Replays,
  type Session as Answering,
  type Source,
} from '@tieout/answers';
import { progressOn, type Io } from './io';

/** The options that every command takes. */
export interface Globals extends Source, Axes {
  readonly units?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly ascii?: boolean;
  readonly quiet?: boolean;
  readonly strict?: boolean;
}

export interface Session extends Answering {
  readonly io: Io;
  readonly globals: Globals;
}

/** They stand beside the built command. */
export const bundledBooks = resolve(__dirname, '..', 'books');

/** The command's terminal as the host of a ledger. */
export const hostOf = (io: Io, { quiet = false }: Pick<Globals, 'quiet'>): Host => ({
  cwd: io.cwd,
  books: bundledBooks,
  tell: (text) => io.tell(text),
  progress: (what) => progressOn(io, what, quiet),
});

/** Open book and store, load the seed where the log is empty, and replay. */
export const openSession = async (
  globals: Globals,
  io: Io,
  options: { readonly replays?: Replays } = {},
): Promise<Session> => ({ ...(await open(globals, hostOf(io, globals), options)), io, globals });
