/**
 * Express under Nest, with two things that Nest has no word for: answers are sent as the bytes that they are, and a
 * connection that dawdles over its request is closed soon, not at some look half a minute later.
 */
import { createServer, type Server } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { isAnswer } from './answer';

/** How long a request may take to arrive: its head, and all of it. Slow-loris holds connections by sending little by little. */
export const HEAD_MS = 10_000;
export const REQUEST_MS = 30_000;
const LOOK_MS = 1_000;

/** Connections at once: each SSE listener holds one. */
const CONNECTIONS = 2_000;

export class Adapter extends ExpressAdapter {
  constructor(private readonly limits: { readonly headMs?: number; readonly requestMs?: number } = {}) {
    super();
    this.set('etag', false); // Answers have their own.
    this.disable('x-powered-by');
    this.set('query parser', 'simple');
  }

  override initHttpServer(): void {
    const server: Server = createServer(
      {
        headersTimeout: this.limits.headMs ?? HEAD_MS,
        requestTimeout: this.limits.requestMs ?? REQUEST_MS,
        connectionsCheckingInterval: LOOK_MS,
        keepAliveTimeout: 5_000,
        maxHeaderSize: 16_384,
      },
      this.getInstance(),
    );
    server.maxConnections = CONNECTIONS;
    this.httpServer = server;
  }

  override reply(response: Response, body: unknown, status?: number): unknown {
    if (!isAnswer(body)) return super.reply(response, body, status) as unknown;
    response.writeHead(body.status, {
      ...body.headers,
      ...(body.status === 304 ? {} : { 'Content-Length': String(body.body.length) }),
    });
    return response.end(body.body);
  }
}
