/**
 * What an entry and a posting say to an engine besides date, description, account and amount: keys and values.
 *
 *     entry: JE-0103, event: ExpenseIncurred, amount: derived … of an entry; movement, dimensions, expression of a posting
 */
import type { Entry, Posting } from '@tieout/ledger';

/** Text on one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Keys that say something else here or to an engine: a dimension of such a name is written `dimension-NAME`. */
const taken = new Set(
  'account allocation amount code date date2 date-basis entry event expression figure filename lineno'
    .split(' ')
    .concat('movement name note payee reason reasoning reverses src type value uuid'.split(' ')),
);

const dimensionKey = (id: string): string =>
  /^[a-z][a-z0-9-]+$/.test(id) && !taken.has(id) ? id : `dimension-${id.replace(/[^A-Za-z0-9-]+/g, '-')}`;

/** What an entry says besides date, description and postings; its provenance included. */
export function entryTags({
  id,
  event,
  dateBasis,
  provenance,
  reverses,
  reason,
}: Entry): readonly (readonly [string, string])[] {
  const { amount, allocation, reasoning, source } = provenance;
  const tags: readonly (readonly [string, string | undefined])[] = [
    ['entry', id],
    ['event', event],
    ['reverses', reverses],
    ['reason', reason],
    ['date-basis', dateBasis],
    ['amount', amount],
    ['allocation', allocation],
    ['reasoning', reasoning],
    ['src', source.join(' ')],
  ];
  return tags.flatMap(([key, value]) => (value ? [[key, oneLine(value)] as const] : []));
}

/** What a posting says besides account and amount. */
export function postingTags({
  movement,
  dimensions,
  expression,
}: Posting): readonly (readonly [string, string])[] {
  const members = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ['movement', movement],
    ...members.map(([dimension, member]) => [dimensionKey(dimension), oneLine(member)] as const),
    ...(expression === undefined ? [] : [['expression', oneLine(expression)] as const]),
  ];
}
