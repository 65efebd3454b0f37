/**
 * What every plain-text engine is told: the entries in order of date, and after each period what the accounts must
 * stand at, first by our fold and then as published.
 *
 * The engines read amounts in whole units of the currency, with all minor digits and no separators (hledger 1.25 reads
 * `481,300` as 481.3). Invariant: an assertion stands behind every entry that is dated up to its day.
 */
import type { Chart, Entry } from '@tieout/ledger';
import { formatMinor, roundDecimal, shiftDecimal, type Minor } from '@tieout/money';
import { surveyor, type JournalToExport, type PublishedBalance, type Section, type Survey } from './survey';
import { oneLine } from './tags';

/** How an engine wants its file written. */
export interface JournalWriter {
  /** Before the first entry. */
  readonly head: readonly string[];
  entry(entry: Entry): readonly string[];
  /** Behind the entries up to the section's day. */
  close(section: Section): readonly string[];
}

/**
 * The lines of a file, given its entries in order of date: a batch in, the lines that it makes out; without a batch, the
 * end. Entries after the last section are in no period, and are left out.
 */
export function journalLines({ sections }: Survey, writer: JournalWriter) {
  let next = 0;
  function* closing(before: string | undefined): Generator<string> {
    for (let section = sections[next]; section; section = sections[next]) {
      if (before !== undefined && before <= section.day) return;
      yield* writer.close(section);
      next += 1;
    }
  }
  return function* (entries?: Iterable<Entry>): Generator<string> {
    for (const entry of entries ?? []) {
      yield* closing(entry.date);
      if (next < sections.length) yield* writer.entry(entry);
    }
    if (!entries) yield* closing(undefined);
  };
}

/** A whole file of entries at hand, as text. */
export function journalText(journal: JournalToExport, write: (survey: Survey) => JournalWriter): string {
  const { entries, ...about } = journal;
  const surveying = surveyor(about);
  entries.forEach(surveying.add);
  const survey = surveying.done();
  const writer = write(survey);
  const lines = journalLines(survey, writer);
  // A stable sort: of one day, the order of the log.
  const dated = [...entries].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return [...writer.head, ...lines(dated), ...lines()].join('\n');
}

/** Whole units of the currency, all minor digits, no separators: -481300.00 */
export const plainAmount = (minor: Minor, { minorDigits }: Pick<Chart, 'minorDigits'>): string =>
  roundDecimal(shiftDecimal(formatMinor(minor), -minorDigits), minorDigits);

/** The head of a file: what it is, and what it is not. */
export const headOf = ({ entity, title, basis, count }: Survey): readonly string[] => [
  `${oneLine(entity)}: ${oneLine(title)}`,
  `${basis} (${count} in all): nobody outside the company has its ledger, and infinitely many others would`,
  'give the same statements. Written by tieout export; entries are in order of date, amounts in whole units.',
];

/** A published balance that the entries do not give: told as a comment, so that the journal can still be read. */
export const brokenText = ({ fact, minor, sourceLine }: PublishedBalance, chart: Chart): string =>
  `does not tie: ${fact} is published as ${plainAmount(minor, chart)} ${chart.currency} (line ${sourceLine}, debit positive)`;
