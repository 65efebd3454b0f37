/**
 * Counts and times for Prometheus: requests by route, method and status, and the revision of each book.
 */
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly seconds: Histogram<'route' | 'method' | 'status'>;
  private readonly revisions: Gauge<'book'>;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, prefix: 'tieout_' });
    this.seconds = new Histogram({
      name: 'tieout_http_request_seconds',
      help: 'Time to answer a request; a stream counts when it ends',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    });
    this.revisions = new Gauge({
      name: 'tieout_revision',
      help: 'Events in the log of a book',
      labelNames: ['book'],
      registers,
    });
  }

  /** Express middleware. The route is as it is declared, not as it is asked: names of books and entries make no series. */
  readonly measure = (request: Request, response: Response, next: NextFunction): void => {
    const began = process.hrtime.bigint();
    response.once('close', () => {
      const { path } = (request as { route?: { path?: string } }).route ?? {};
      const route = path ?? 'none';
      const labels = { route, method: request.method, status: String(response.statusCode) };
      this.seconds.observe(labels, Number(process.hrtime.bigint() - began) / 1e9);
    });
    next();
  };

  revision(book: string, length: number): void {
    this.revisions.set({ book }, length);
  }

  async text(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }
}
