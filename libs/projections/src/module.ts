/** The projections of one book over one log, as a Nest module. */
import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { EventLog } from '@tieout/event-log';
import { Journal } from './journal';
import { Periods } from './periods';
import { RecordedFacts } from './recorded';
import { Replay } from './replay';
import { Stated } from './stated';
import { Statements } from './statements';
import { BOOK_STRUCTURE, EVENT_LOG, type BookStructure } from './tokens';
import { TrialBalance } from './trial-balance';

@Module({})
export class ProjectionsModule {
  static over(log: EventLog, structure: BookStructure): DynamicModule {
    const projections = [TrialBalance, RecordedFacts, Periods];
    return {
      module: ProjectionsModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: EVENT_LOG, useValue: log },
        { provide: BOOK_STRUCTURE, useValue: structure },
        ...projections,
        Replay,
        Statements,
        Stated,
        Journal,
      ],
      exports: [...projections, Replay, Statements, Stated, Journal],
    };
  }
}
