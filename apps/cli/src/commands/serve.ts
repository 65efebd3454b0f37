/**
 * `serve`: the API and the workbench, until Ctrl-C. The server is a bundle of its own, loaded only here: no other command
 * pays for it.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { bundledBooks } from '../session';
import { ExitCode, LedgerError, refuse, type Problem } from '@tieout/events';
import type { Command } from 'commander';
import type { Io } from '../io';
import type { Globals } from '../session';
import { serverBundle } from '../server-bundle';
import { version } from '../version';
import { personAt } from '../actor';
import { tokensFile } from './token';

export interface ServeOptions {
  readonly host: string;
  readonly port: string;
  readonly open?: boolean;
  readonly readOnly?: boolean;
  readonly log?: string;
  readonly rate: string;
  readonly oidcIssuer?: string;
  readonly oidcAudience?: string;
  readonly oidcRoles: string;
}

export function serveOptions(command: Command): Command {
  return command
    .argument('[books...]', 'more books beside that of --book, by folder or name')
    .option(
      '--host <address>',
      'where to listen; others than this machine only with tokens or OIDC',
      '127.0.0.1',
    )
    .option('--port <number>', 'the port; 0 takes a free one', '4180')
    .option('--open', 'open a browser')
    .option('--read-only', 'nothing can be written')
    .option(
      '--log <level>',
      'requests as JSON lines on stdout: silent, warn, info (default: warn on a terminal, else info)',
    )
    .option('--rate <count>', 'requests that one who signs in may make in ten seconds', '600')
    .option('--oidc-issuer <url>', 'people sign in with tokens of this OpenID provider')
    .option('--oidc-audience <name>', 'that are meant for this audience')
    .option('--oidc-roles <claim>', 'and name their roles in this claim', 'roles');
}

export async function runServe(
  globals: Globals,
  io: Io,
  books: readonly string[],
  options: ServeOptions,
): Promise<number> {
  const { serve } = serverBundle();
  const number = (name: string, text: string, most: number): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > most)
      refuse('E602', `--${name} takes a number up to ${most}, not "${text}"`);
    return value;
  };
  if (books.length > 0 && globals.store !== undefined)
    refuse('E602', '--store names the store of one book', {
      help: 'serve the books one by one, or without --store',
    });
  const oidc = oidcOf(options);
  const { cwd, env } = io;
  const { book, store, fresh } = globals;
  const first = {
    ...(book === undefined ? {} : { book }),
    ...(store === undefined ? {} : { store }),
    ...(fresh ? { fresh } : {}),
  };
  const traces = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const server = await serve({
    sources: [first, ...books.map((each) => ({ book: each }))],
    cwd,
    bundledBooks,
    command: resolve(__dirname, 'tieout.cjs'),
    workbench: resolve(__dirname, 'workbench'),
    version,
    host: options.host,
    port: number('port', options.port, 65_535),
    readOnly: options.readOnly ?? false,
    tokens: tokensFile(globals, cwd),
    ...(oidc ? { oidc } : {}),
    user: personAt(env),
    rate: number('rate', options.rate, 1_000_000),
    log: options.log ?? (process.stdout.isTTY ? 'warn' : 'info'),
    ...(traces === undefined || traces === '' ? {} : { traces }),
    tell: io.tell,
  }).catch(asOurs);
  io.tell(
    `${globals.book ?? 'the bundled book'} at ${server.url} (the API: ${server.url}/api/docs); Ctrl-C ends`,
  );
  if (options.open) openBrowser(server.url);
  return new Promise((resolve) => {
    const end = (): void => {
      io.tell('ending: what is being written is written first');
      void server.close().then(() => resolve(ExitCode.done));
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
}

/** A refusal of the bundle is of a class of its own: here it becomes one of ours. */
function asOurs(error: unknown): never {
  if (error instanceof Error && error.name === 'LedgerError' && 'problems' in error)
    throw new LedgerError(error.problems as readonly Problem[]);
  throw error;
}

function oidcOf({ oidcIssuer: issuer, oidcAudience: audience, oidcRoles: rolesClaim }: ServeOptions) {
  if (issuer === undefined) return undefined;
  if (audience === undefined)
    return refuse('E602', '--oidc-issuer needs --oidc-audience', {
      help: 'a token that is meant for another program must open nothing here',
    });
  if (!/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(issuer))
    refuse('E602', `--oidc-issuer is to be an https address, not "${issuer}"`);
  return { issuer, audience, rolesClaim };
}

/** Best effort: the address stands on the terminal anyway. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open'];
  const child = spawn(program ?? '', [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
