/**
 * What stores rely on in the stored language: the key `entry` is the id of an entry that the event carries.
 *
 * A log holds each entry once, found by that key whatever the event's name: another payload that had it would be taken
 * for a second posting of that entry, and be refused.
 */
import { entryEventNames, payloadsV1 } from './payloads';

test('the payloads of entries have the key entry, and no others', () => {
  const having = Object.entries(payloadsV1).flatMap(([name, { shape }]) => ('entry' in shape ? [name] : []));
  expect(having.sort()).toStrictEqual([...entryEventNames, 'EntryReversed'].sort());
});
