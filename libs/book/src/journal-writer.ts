/**
 * Entries written as a journal file: the inverse of journal-reader.ts.
 *
 * Law: reading what was written gives the same entries. Members that the account fixes are left out, as a person would;
 * amounts stand in the book's unit where they are whole in it, else the entry says `amounts: minor units`.
 */
import { Document, isMap, isSeq, Scalar } from 'yaml';
import { refuse } from '@tieout/events';
import type { Chart, Entry, Posting } from '@tieout/ledger';
import { minorUnits, writeAmount, type AmountUnit } from './amounts';
import type { JournalContext } from './journal-reader';

/** Refuses (E107) a posting in another currency than the book's, which a journal file cannot say. */
export function entriesToYaml(entries: readonly Entry[], { chart, amountUnit }: JournalContext): string {
  const document = new Document(entries.map((entry) => entryNode(entry, chart, amountUnit)));
  if (isSeq(document.contents)) {
    for (const [index, item] of document.contents.items.entries()) {
      if (index > 0 && isMap(item)) item.spaceBefore = true;
      const postings = isMap(item) ? item.get('postings') : undefined;
      const source = isMap(item) ? item.get('source') : undefined;
      if (isSeq(source)) source.flow = true;
      if (isSeq(postings)) for (const posting of postings.items) if (isMap(posting)) posting.flow = true;
    }
  }
  return entries.length === 0 ? '' : document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** One entry as keys and values. */
export function entryNode(entry: Entry, chart: Chart, bookUnit: AmountUnit): Record<string, unknown> {
  const { id, event, date, dateBasis, description, provenance, postings, reverses, reason } = entry;
  const unit = postings.every(({ minor }) => writeAmount(minor, bookUnit) !== undefined)
    ? bookUnit
    : minorUnits;
  const { amount, allocation, reasoning, source } = provenance;
  return {
    ...{ id, event, date, dateBasis, description: text(description), amount, allocation },
    ...(reasoning === '' ? {} : { reasoning: text(reasoning) }),
    ...(source.length === 0 ? {} : { source: [...source] }),
    ...(unit === bookUnit ? {} : { amounts: unit.text }),
    ...(reverses === undefined ? {} : { reverses }),
    ...(reason === undefined ? {} : { reason: text(reason) }),
    postings: postings.map((posting) => postingNode(posting, chart, unit)),
  };
}

function postingNode(posting: Posting, chart: Chart, unit: AmountUnit): Record<string, unknown> {
  const { account, movement, minor, dimensions, expression } = posting;
  if (posting.unit !== chart.currency)
    refuse('E107', `a posting on ${account} is in ${posting.unit}; journal files are in ${chart.currency}`);
  const fixed = chart.accounts.get(account)?.dimensions ?? {};
  const own = Object.entries(dimensions).filter(([dimension, member]) => fixed[dimension] !== member);
  const amount = text(writeAmount(minor, unit) ?? '');
  return {
    ...{ account, movement, ...Object.fromEntries(own) },
    ...(minor < 0 ? { cr: amount } : { dr: amount }),
    ...(expression === undefined ? {} : { expression: text(expression) }),
  };
}

/** Always in quotes: a reader need not know which words YAML takes for something else. */
function text(value: string): Scalar<string> {
  const scalar = new Scalar(value);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}
