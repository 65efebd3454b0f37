/**
 * What is looked at before anything else, of every request: whether it is meant for this server, and sent by its own pages.
 *
 * A page of another site can make a browser send requests here. It cannot read the answers (no CORS), cannot name this
 * server by a name of its own (Host), and cannot send a write: that needs a header that only scripts of one's own pages add.
 */
import type { NextFunction, Request, Response } from 'express';
import { Refused } from './problem';
import { isLoopback, type Serving } from './serving';

/** The header of every request that is no plain read. */
export const OURS = 'tieout-request';

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Express middleware: calls `next` with a `Refused` where the request is not for us, or not ours. */
export function arriving({ host }: Serving, signInNeeded: () => boolean) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const named = request.headers.host ?? '';
    // Where nobody signs in, a name that someone else's DNS points here would let their pages in (DNS rebinding).
    if (isLoopback(host) && !signInNeeded() && !isLoopback(nameOf(named)))
      return next(new Refused(421, `this server answers on ${host} only, not as ${named}`));
    if (reads.has(request.method)) return next();
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if ((origin !== undefined && hostOf(origin) !== named) || (site !== undefined && site !== 'same-origin'))
      return next(new Refused(403, 'the request comes from a page of another site'));
    if (request.headers[OURS] === undefined)
      return next(
        new Refused(403, 'the header Tieout-Request is missing', 'send Tieout-Request: 1 with every POST'),
      );
    next();
  };
}

const nameOf = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
