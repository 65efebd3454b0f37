/**
 * Is it up, is it ready, how busy is it: for whoever runs the server. What says nothing of a book is open to all.
 */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Response } from 'express';
import { Books, Open } from '../platform';
import { Metrics } from './metrics';
import { SERVING, type Serving } from '../platform/serving';

@Controller()
export class Health {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicator: HealthIndicatorService,
    @Inject(Books) private readonly books: Books,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(SERVING) private readonly serving: Serving,
  ) {}

  /** The process answers. */
  @Open()
  @Get('health/live')
  live() {
    return { status: 'ok' };
  }

  /** Every log can be read. */
  @Open()
  @Get('health/ready')
  ready() {
    return this.health.check([
      async () => {
        const log = this.indicator.check('logs');
        try {
          for (const ledger of this.books.ledgers) await ledger.log.length();
          return log.up();
        } catch {
          return log.down();
        }
      },
    ]);
  }

  @Open()
  @Get('version')
  version() {
    return { schema: 'tieout.version/1', version: this.serving.version };
  }

  @Get('metrics')
  async measured(@Res() response: Response): Promise<void> {
    for (const { book, log } of this.books.ledgers) this.metrics.revision(book.id, await log.length());
    const { type, text } = await this.metrics.text();
    response.setHeader('Content-Type', type).end(text);
  }
}
