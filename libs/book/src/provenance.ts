/**
 * Provenance expressions: the amount of a posting as a sum of published facts, evaluated, not trusted.
 *
 *     note10b.research-and-development@2022H1
 *     bs.cash@2022-06-30 - (bs.cash@2021-12-31 + cf.net@2022H1)
 *
 * Grammar: facts, ` + ` and ` - ` with spaces, a leading `-`, parentheses. No other operators and no numbers: an amount
 * that no disclosure gives is assumed, and its posting has no expression. The value is the posting's own amount,
 * positive on its side.
 */
import type { Problem } from '@tieout/events';
import {
  absoluteMinor,
  addMinor,
  compareMinor,
  negateMinor,
  parseUnit,
  unitToMinor,
  type Minor,
} from '@tieout/money';
import { amountUnit, minorUnits, writeAmount, type AmountUnit } from './amounts';
import type { Book, JournalEntry } from './book';
import { suggestion } from './source';

export type Evaluated =
  | { readonly value: Minor; readonly facts: readonly string[] }
  | { readonly why: string; readonly unknown?: string };

/** The exact value of an expression in minor units; `lookup` gives the published minor units of a fact. */
export function evaluateExpression(text: string, lookup: (fact: string) => Minor | undefined): Evaluated {
  // A parenthesis stands by itself; inside a name neither it nor a space can be.
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  const facts: string[] = [];
  let next = 0;

  const sum = (): Minor => {
    let value: Minor = 0;
    let negative = false;
    if (tokens[next] === '-') {
      negative = true;
      next += 1;
    }
    for (;;) {
      const part = term();
      value = addMinor(value, negative ? negateMinor(part) : part);
      const operator = tokens[next];
      if (operator !== '+' && operator !== '-') return value;
      negative = operator === '-';
      next += 1;
    }
  };
  const term = (): Minor => {
    const token = tokens[next];
    next += 1;
    if (token === undefined) throw new Unreadable('it ends where a fact is due');
    if (token === '(') {
      const value = sum();
      if (tokens[next] !== ')') throw new Unreadable('a parenthesis is not closed');
      next += 1;
      return value;
    }
    if (token === ')' || token === '+' || token === '-')
      throw new Unreadable(`"${token}" stands where a fact is due`);
    // `-a` at the start is a leading minus; names never start with one.
    if (token.startsWith('-')) return negateMinor(published(token.slice(1)));
    return published(token);
  };
  const published = (fact: string): Minor => {
    if (!/^[^@]+@[^@]+$/.test(fact)) throw new Unreadable(`"${fact}" is no fact, written CONCEPT@TIME`);
    const value = lookup(fact);
    if (value === undefined) throw new Unreadable(`no published figure of ${fact}`, fact);
    facts.push(fact);
    return value;
  };

  try {
    const value = sum();
    if (next < tokens.length) throw new Unreadable(`"${tokens[next]}" stands where + or - is due`);
    return { value, facts };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { why: error.message, ...(error.fact === undefined ? {} : { unknown: error.fact }) };
  }
}

class Unreadable extends Error {
  constructor(
    message: string,
    readonly fact?: string,
  ) {
    super(message);
  }
}

/** Published amounts by fact: of its first print in the book's own unit or a finer one of the same currency. */
export function publishedAmounts(
  book: Pick<Book, 'figures' | 'chart' | 'amountUnit'>,
): ReadonlyMap<string, Minor> {
  const amounts = new Map<string, Minor>();
  for (const { fact, unit: text, published } of book.figures) {
    const unit = parseUnit(text);
    const scale = amountUnit(text, book.chart)?.scale;
    if (amounts.has(fact) || !unit || scale === undefined || scale > book.amountUnit.scale) continue;
    const minor = unitToMinor(published, unit, book.chart.minorDigits);
    if (minor !== undefined) amounts.set(fact, minor);
  }
  return amounts;
}

/**
 * Does every expression give its posting's amount, and has every entry whose amount is said to be disclosed or derived
 * one? A finding for each that does not (E212).
 */
export function checkProvenance(book: Book): readonly Problem[] {
  const amounts = publishedAmounts(book);
  return book.journal.flatMap(({ entries }) =>
    entries.flatMap((each) => checkEntryProvenance(each, amounts, book.amountUnit)),
  );
}

function checkEntryProvenance(
  { entry, at, postingLines }: JournalEntry,
  amounts: ReadonlyMap<string, Minor>,
  unit: AmountUnit,
): Problem[] {
  const claim = entry.provenance.amount;
  if (claim !== 'assumed' && !entry.postings.some(({ expression }) => expression !== undefined)) {
    const message = `entry ${entry.id} says that its amount is ${claim}, and no posting has an expression`;
    return [
      {
        code: 'E212',
        message,
        at,
        help: 'give the published facts that make the amount, or say amount: assumed',
      },
    ];
  }
  return entry.postings.flatMap(({ account, minor, expression }, index): Problem[] => {
    if (expression === undefined) return [];
    const line = postingLines[index];
    const where = line === undefined ? at : { file: at.file, line, column: 1 };
    const result = evaluateExpression(expression, (fact) => amounts.get(fact));
    if ('why' in result) {
      const help = result.unknown === undefined ? undefined : suggestion(result.unknown, amounts.keys());
      const message = `entry ${entry.id}, ${account}: cannot evaluate "${expression}": ${result.why}`;
      return [{ code: 'E212', message, at: where, ...(help === undefined ? {} : { help }) }];
    }
    const amount = absoluteMinor(minor);
    if (compareMinor(result.value, amount) === 0) return [];
    const message = `entry ${entry.id}, ${account}: posts ${said(amount, unit)}, but ${expression} is ${said(result.value, unit)}`;
    return [{ code: 'E212', message, at: where }];
  });
}

function said(minor: Minor, unit: AmountUnit): string {
  const text = writeAmount(minor, unit) ?? `${writeAmount(minor, minorUnits) ?? ''} minor units`;
  return minor < 0 ? `(${text})` : text;
}
