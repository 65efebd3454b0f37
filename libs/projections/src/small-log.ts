/**
 * A small book and its log in memory, for the specs of this room.
 */
import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openEventLog, type EventLog } from '@tieout/event-log';
import { newEventId, type LedgerEvent, type StoredEvent } from '@tieout/events';
import { eventFromEntry, parseJournal, type Account, type Chart } from '@tieout/ledger';
import { ProjectionsModule } from './module';
import type { BookStructure } from './tokens';

const account = (id: string, type: Account['type']): [string, Account] => [
  id,
  { id, name: id, type, role: 'cash', normal: 'either', dimensions: {} },
];
export const chart: Chart = {
  accounts: new Map([account('cash', 'asset'), account('equity', 'equity')]),
  movements: new Map(),
  dimensions: new Map(),
  periods: [{ id: '2022H1', from: '2022-01-01', to: '2022-06-30', label: '', column: '2022', audit: '' }],
  currency: 'RMB',
  minorDigits: 0,
};
export const structure = (basis = 'basis'): BookStructure => ({
  chart,
  concepts: new Map(),
  layouts: [],
  basis,
});

export const opened: LedgerEvent = {
  name: 'PeriodOpened',
  payload: { period: '2022H1', from: '2022-01-01', to: '2022-06-30', opening: [] },
};
export const capital = (number: number): LedgerEvent => {
  const [entry] = parseJournal(
    `2022-01-${String((number % 28) + 1).padStart(2, '0')} JE-${number} EntryPosted  Capital\n  cash    paid  ${number}\n  equity  paid  (${number})\n`,
  );
  return eventFromEntry(entry!);
};

export async function logOf(events: readonly LedgerEvent[]): Promise<EventLog> {
  const log = await openEventLog('memory:');
  await append(log, events);
  return log;
}
export async function append(log: EventLog, events: readonly LedgerEvent[]): Promise<readonly StoredEvent[]> {
  const news = events.map((event) => ({
    id: newEventId(),
    event,
    recordedAt: '2022-08-25T00:00:00.000Z',
    actor: 'spec',
  }));
  const { appended } = await log.append([{ stream: 'book/2022H1', expected: 'any', events: news }]);
  return appended;
}

const contexts: INestApplicationContext[] = [];
export async function contextOver(
  log: EventLog,
  given = structure(),
  more: object[] = [],
): Promise<INestApplicationContext> {
  const module = ProjectionsModule.over(log, given);
  const context = await NestFactory.createApplicationContext(
    { ...module, providers: [...(module.providers ?? []), ...(more as [])] },
    { logger: false, abortOnError: false },
  );
  contexts.push(context);
  return context;
}
afterAll(() => Promise.all(contexts.map((context) => context.close())));
