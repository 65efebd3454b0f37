/** Bridges of the bundled book, against the steps worked out by hand from the announcement. */
import { join } from 'node:path';
import { bridgeDocument as schema } from '@tieout/documents';
import { LedgerError } from '@tieout/events';
import { bridgeDocument, bridgeNames } from './bridges';
import { closeSession, openSession, type Session } from './session';

const host = {
  cwd: __dirname,
  books: join(__dirname, '../../../books'),
  tell: () => undefined,
  progress: () => ({ step: () => undefined, done: () => undefined }),
};

let session: Session;
beforeAll(async () => {
  session = await openSession({ store: 'memory:' }, host);
});
afterAll(() => closeSession(session));

const said = (name: string) => {
  const { from, to, steps, closes, difference } = bridgeDocument(session, name);
  return { ends: [from.value, to.value], steps: steps.map(({ change }) => change), closes, difference };
};

test('the loss of the period: what each line of the income statement changed it by', () => {
  expect(said('profit')).toEqual({
    ends: ['-3712873', '-3207988'],
    steps: [
      ...['-236466', '-34558', '-109760', '674402', '-263581', '-363533', '69782', '-1005230'],
      ...['25883', '2657', '2545', '1708476', '34268'],
    ],
    closes: true,
    difference: '0',
  });
});

test('equity from opening to closing', () => {
  expect(said('equity')).toEqual({
    ends: ['31987084', '31102836'],
    steps: ['-3207988', '-2617', '1316987', '17736', '692807', '299355', '-528'],
    closes: true,
    difference: '0',
  });
});

test('cash by activity', () => {
  expect(said('cash')).toEqual({
    ends: ['16529506', '10373626'],
    steps: ['-1848149', '-5721378', '1177327', '236320'],
    closes: true,
    difference: '0',
  });
});

test('each is what the schema says, and a step names the facts that it is made of', () => {
  for (const name of bridgeNames) {
    const document = bridgeDocument(session, name);
    expect(schema.parse(document)).toEqual(document);
  }
  expect(bridgeDocument(session, 'profit').steps[0]).toEqual({
    label: 'Revenue',
    facts: ['is.revenue@2022H1', 'is.revenue@2021H1'],
    change: '-236466',
  });
});

test('a figure is called what it is, not by the line that it ends on', () => {
  expect(bridgeNames.map((name) => bridgeDocument(session, name).label)).toEqual([
    'Loss for the period',
    'Total equity',
    'Cash and cash equivalents',
  ]);
});

test('a name that is no bridge is refused', () => {
  expect(() => bridgeDocument(session, 'ebitda')).toThrow(LedgerError);
});
