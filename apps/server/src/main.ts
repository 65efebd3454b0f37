/**
 * The server: the API and the workbench's files, over the logs of some books. `tieout serve` loads this bundle and hands over
 * what it was asked for.
 *
 * It never listens where others can reach it without knowing who they are, and ends in order: what is being written is
 * written, streams are ended, logs are closed.
 */
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { readTokens } from '@tieout/access';
import { refuse } from '@tieout/events';
import { makeApp } from './app';
import { isLoopback, type Serving } from './platform/serving';

export { reportPage } from './exports/page';
export type { Serving } from './platform/serving';

/** Connections that still hang after this are cut. */
const PATIENCE_MS = 10_000;
const IDLE_MS = 50;

export interface Server {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Listens. Refuses (E602) an address that others reach, where nobody could sign in. */
export async function serve(
  serving: Serving,
  limits: { readonly headMs?: number; readonly requestMs?: number } = {},
): Promise<Server> {
  const { host, port, oidc, tokens } = serving;
  if (!isLoopback(host) && !oidc && readTokens(tokens).length === 0)
    refuse('E602', `${host} can be reached by others, and nobody could sign in`, {
      help: 'tieout token add NAME --role reader, or name a provider of identities with --oidc-issuer',
    });
  const { nest } = await makeApp(serving, limits);
  const server = nest.getHttpServer();
  try {
    await nest.listen(port, host);
  } catch (error) {
    await nest.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error;
    refuse('E602', `cannot listen on ${host}:${port}: ${code}`, { help: 'give another --port or --host' });
  }
  const there = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${name}:${there.port}`,
    port: there.port,
    close: () =>
      (closing ??= (async () => {
        const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
        // A connection that has its answer would be kept for another request, which is not to come.
        const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS);
        await nest.close();
        clearTimeout(impatient);
        clearInterval(idle);
      })()),
  };
}
