/**
 * The projections of one book over one log, opened: each is asked for by its class. Who asks needs to know no Nest.
 */
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { EventLog } from '@tieout/event-log';
import { ProjectionsModule } from './module';
import type { BookStructure } from './tokens';

export type Projections = Pick<INestApplicationContext, 'get' | 'close'>;

/** Nothing is folded yet: `Replay.run` does. The log stays its opener's to close. */
export const openProjections = (log: EventLog, structure: BookStructure): Promise<Projections> =>
  NestFactory.createApplicationContext(ProjectionsModule.over(log, structure), {
    logger: false,
    abortOnError: false,
  });
