/**
 * Closing: the closing of a period is the opening of the next, in one append, for every period as it is known now; also
 * where an entry came late, two periods back, and where two processes close at once.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEventLog } from '@tieout/event-log';
import { decode, type LedgerEvent } from '@tieout/events';
import { assertionOf, balancesAt, dayBefore, emptyLedger, foldLedger } from '@tieout/ledger';
import { loadedFolder, senseTime, tieout, tieoutJson } from '../support/command';

async function eventsIn(folder: string): Promise<readonly LedgerEvent[]> {
  const log = await openEventLog(`sqlite:${join(folder, '.tieout', `${senseTime}.db`)}`);
  const stored = await log.readAll(0, await log.length());
  await log.close();
  return stored.map((each) => decode(each));
}

/** What the log asserts last of each period, and what its entries give: all in words of `PERIOD opening|closing`. */
function assertions(events: readonly LedgerEvent[]): {
  said: Map<string, unknown>;
  stand: Map<string, unknown>;
} {
  const state = foldLedger(events, emptyLedger);
  const [said, stand] = [new Map<string, unknown>(), new Map<string, unknown>()];
  for (const event of events) {
    if (event.name === 'PeriodOpened') said.set(`${event.payload.period} opening`, event.payload.opening);
    if (event.name === 'PeriodClosed') said.set(`${event.payload.period} closing`, event.payload.closing);
  }
  // The book's opening balances are an entry of its first period: nothing stood before it.
  const [first] = state.periods.keys();
  said.delete(`${first} opening`);
  for (const { id, from, to, open } of state.periods.values()) {
    if (id !== first) stand.set(`${id} opening`, assertionOf(balancesAt(state, dayBefore(from))));
    if (!open) stand.set(`${id} closing`, assertionOf(balancesAt(state, to)));
  }
  expect(state.breaks).toEqual([]);
  return { said, stand };
}

const late = (id: string, date: string): string => `- id: ${id}
  event: ExpenseIncurred
  date: ${date}
  description: Utilities invoice received late
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "1,200" }
    - { account: payables.other.third, movement: recognised, cr: "1,200" }
`;

async function ran(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await tieout(folder, args);
  expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  return out;
}

it('an entry two periods back: every later opening and closing is asserted anew, and holds', async () => {
  const folder = await loadedFolder();
  const seed = await eventsIn(folder);
  writeFileSync(join(folder, 'late.yaml'), late('JE-LATE', '2021-03-31'));
  await ran(folder, 'reopen', '2021H1', '--reason', 'an invoice received late');
  await ran(folder, 'post', 'late.yaml');
  // Until it is closed again, what the later periods say is what was known before.
  const between = assertions(await eventsIn(folder));
  expect(between.said.get('2022H1 opening')).not.toEqual(between.stand.get('2022H1 opening'));

  expect(await ran(folder, 'close', '2021H1')).toBe(
    '2021H1 closed\nasserted anew: the opening of 2021H2, the closing of 2021H2, the opening of 2022H1\n',
  );
  const events = await eventsIn(folder);
  const { said, stand } = assertions(events);
  expect([...said.keys()].sort()).toEqual([
    ...['2021H1 closing', '2021H2 closing', '2021H2 opening', '2022H1 opening'],
  ]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(stand));
  expect(said.get('2022H1 opening')).toEqual(said.get('2021H2 closing'));
  expect(said.get('2021H2 closing')).not.toEqual(assertions(seed).said.get('2021H2 closing'));
  expect(await tieoutJson(folder, ['verify'])).toMatchObject({ result: 'holds', events: seed.length + 6 });

  // What stays open or closed stays so: 2021H2 takes no entry, 2022H1 does.
  writeFileSync(join(folder, 'h2.yaml'), late('JE-H2', '2021-12-31'));
  expect((await tieout(folder, ['post', 'h2.yaml'])).code).toBe(3);
  writeFileSync(join(folder, 'h1.yaml'), late('JE-H1', '2022-06-30'));
  await ran(folder, 'post', 'h1.yaml');
});

it('the first close of the last period asserts nothing else', async () => {
  const folder = await loadedFolder();
  const { length } = await eventsIn(folder);
  expect(await ran(folder, 'close', '2022H1')).toBe('2022H1 closed\n');
  expect(await eventsIn(folder)).toHaveLength(length + 1);
});

it('two processes close one period at once: it is closed once, and the other is told', async () => {
  const folder = await loadedFolder();
  const { length } = await eventsIn(folder);
  await ran(folder, 'reopen', '2021H1', '--reason', 'a look');
  const both = await Promise.all([1, 2].map(() => tieout(folder, ['close', '2021H1'])));
  expect(new Set(both.map(({ code }) => code))).toEqual(new Set([0, 3]));
  expect(both.find(({ code }) => code === 3)?.err).toMatch(
    /^error\[E206\]: period 2021H1 is closed already$/m,
  );
  const events = await eventsIn(folder);
  expect(events.slice(length).map(({ name }) => name)).toEqual([
    'PeriodReopened',
    ...['PeriodClosed', 'PeriodOpened', 'PeriodClosed', 'PeriodOpened'],
  ]);
});
