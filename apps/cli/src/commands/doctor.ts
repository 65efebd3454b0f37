/**
 * `doctor`: does everything here work? Each thing that a command needs, tried, with one next step where it fails.
 */
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { basisOf, bookFolder, openStore, storeUrl } from '@tieout/answers';
import { bookOf, openEventLog } from '@tieout/event-log';
import { ExitCode, LedgerError } from '@tieout/events';
import { readBook } from '@tieout/book';
import type { Io } from '../io';
import { forTerminal, padEnd, paint } from '../print/text';
import { hostOf, type Globals } from '../session';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  readonly help?: string;
}

const cause = (error: unknown): string =>
  error instanceof LedgerError
    ? (error.problems[0]?.message ?? error.message)
    : error instanceof Error
      ? error.message
      : String(error);

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    what: 'Node',
    ok,
    found: process.version,
    ...(ok ? {} : { help: 'Tieout needs Node 20.19 or later' }),
  };
}

/** A store is made in a folder of its own and removed. */
async function storeEngine(): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-doctor-'));
  try {
    const log = await openEventLog(`sqlite:${join(folder, 'doctor.db')}`);
    await log.length();
    await log.close();
    return { what: 'embedded store', ok: true, found: 'opens, writes, closes' };
  } catch (error) {
    return {
      what: 'embedded store',
      ok: false,
      found: cause(error),
      help: 'npm install again: the database library for this platform is missing',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function book(globals: Globals, io: Io): Finding & { readonly id?: string } {
  const folder = bookFolder(globals.book, hostOf(io, globals));
  try {
    const { id, figures, journal } = readBook(folder);
    const entries = journal.reduce((sum, period) => sum + period.entries.length, 0);
    return {
      what: 'book',
      ok: true,
      found: `${id}: ${entries} entries, ${figures.length} published figures`,
      id,
    };
  } catch (error) {
    return {
      what: 'book',
      ok: false,
      found: cause(error),
      help: 'tieout is, with the same --book, names every problem',
    };
  }
}

/** What is in a store that is there: that it is a simulated ledger is said wherever it is looked at. */
async function storeContent(url: string, book: string, io: Io): Promise<string> {
  const log = await openStore(url, { book, folder: join(io.cwd, '.tieout') });
  try {
    const opened = await bookOf(log);
    return `${log.url.replace(/^sqlite:/, '')}: ${opened ? `${basisOf(opened.simulated)} of ${opened.book}` : 'empty'}`;
  } finally {
    await log.close();
  }
}

async function storePlace(globals: Globals, io: Io, bookId: string): Promise<Finding> {
  const url = storeUrl(globals, bookId, io.cwd);
  const file = url.replace(/^sqlite:/, '');
  if (url === 'memory:') return { what: 'store', ok: true, found: url };
  if (file === url) return storeFound(url, bookId, io);
  let folder = dirname(file);
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(existsSync(file) ? file : folder, constants.R_OK | constants.W_OK);
  } catch {
    return {
      what: 'store',
      ok: false,
      found: `${file} cannot be written`,
      help: 'name another with --store sqlite:FILE',
    };
  }
  if (!existsSync(file)) return { what: 'store', ok: true, found: `${file}, made on first use` };
  return storeFound(url, bookId, io);
}

async function storeFound(url: string, bookId: string, io: Io): Promise<Finding> {
  try {
    return { what: 'store', ok: true, found: await storeContent(url, bookId, io) };
  } catch (error) {
    return { what: 'store', ok: false, found: cause(error), help: 'name another with --store' };
  }
}

export async function runDoctor(globals: Globals, io: Io): Promise<number> {
  const ofBook = book(globals, io);
  const findings: Finding[] = [
    node(),
    await storeEngine(),
    ofBook,
    ...(ofBook.id === undefined ? [] : [await storePlace(globals, io, ofBook.id)]),
  ];
  const well = findings.every(({ ok }) => ok);
  if (globals.json)
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.doctor/1',
          ok: well,
          findings: findings.map(({ what, ok, found, help }) => ({ what, ok, found, help })),
        },
        undefined,
        2,
      ),
    );
  else {
    for (const { what, ok, found, help } of findings) {
      io.print(
        forTerminal(
          `${paint(ok ? '✓' : '✗', ok ? 'green' : 'red', io.out)} ${padEnd(what, 15)} ${found}`,
          io.out,
        ),
      );
      if (help) io.print(`    ${help}`);
    }
  }
  return well ? ExitCode.done : ExitCode.findings;
}
