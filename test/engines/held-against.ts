/**
 * A book held against a foreign engine: what each account stands at when a period ends, what it moved by in the period,
 * and the lines of the income statement and the balance sheet, recomputed by the engine from the exported text.
 *
 * What agrees is the folding: two programs that share no code add the same entries to the same sums, to the last unit.
 */
import { readBook, type Book } from '@tieout/book';
import { accountNames, type JournalToExport } from '@tieout/interchange';
import { balancesOf, dayBefore, inFamily, type Entry } from '@tieout/ledger';
import { addMinor, multiplyMinor, parseUnit, unitToMinor, type Minor } from '@tieout/money';
import { evaluator, indexLegs, linearForm, statementOf, type World } from '@tieout/statements';
import { bookFolder } from '../support/command';
import { awkward, awkwardBalances } from './awkward';
import { inFile, isInstalled, type Asked, type Engine } from './engine';

interface Disagreement {
  readonly what: string;
  readonly account?: string;
  readonly ours: Minor;
  readonly theirs: Minor;
}

interface Comparison {
  readonly compared: { readonly balances: number; readonly movements: number; readonly lines: number };
  readonly disagreements: readonly Disagreement[];
}

const entriesOf = (book: Book): readonly Entry[] =>
  book.journal.flatMap(({ entries }) => entries.map(({ entry }) => entry));

export function journalOf(book: Book): JournalToExport {
  const { entity, title, chart, concepts, figures, amountUnit } = book;
  return {
    entity,
    title,
    chart,
    concepts,
    figures,
    amounts: amountUnit.text,
    basis: 'reconstructed entries',
    entries: entriesOf(book),
  };
}

/** Everything that the engine is asked of a book's exported text, beside what we say. */
export function compare(book: Book, engine: Engine, text: string): Comparison {
  const { chart } = book;
  const { accountOf } = accountNames(chart, engine.style);
  const currency = parseUnit(chart.currency);
  const legs = entriesOf(book).flatMap(({ postings }) => postings);
  const disagreements: Disagreement[] = [];
  const compared = { balances: 0, movements: 0, lines: 0 };

  return inFile(text, (file) => {
    const known = new Map<string, ReadonlyMap<string, Minor>>();
    const theirs = (asked: Asked): ReadonlyMap<string, Minor> => {
      const key = JSON.stringify([asked.from, asked.to, asked.movements, asked.except]);
      const before = known.get(key);
      if (before) return before;
      const sums = new Map<string, Minor>();
      for (const [name, amount] of engine.sums(file, asked)) {
        const minor = currency && unitToMinor(amount, currency, chart.minorDigits);
        const account = accountOf.get(name);
        if (minor === undefined) throw new Error(`${engine.name} says ${amount} of ${name}`);
        if (account !== undefined) sums.set(account, minor);
        else if (minor !== 0)
          throw new Error(`${engine.name} has ${amount} on ${name}, which is none of our accounts`);
      }
      known.set(key, sums);
      return sums;
    };

    const ours = (asked: Asked): ReadonlyMap<string, Minor> => {
      const within = legs.filter(
        ({ day, movement }) =>
          day <= asked.to &&
          (asked.from === undefined || day >= asked.from) &&
          asked.except?.includes(movement) !== true,
      );
      return new Map(balancesOf(within).map(({ account, minor }) => [account, minor]));
    };

    const byAccount = (what: 'balances' | 'movements', when: string, asked: Asked): void => {
      const [we, they] = [ours(asked), theirs(asked)];
      for (const account of chart.accounts.keys()) {
        compared[what] += 1;
        const [our, their] = [we.get(account) ?? 0, they.get(account) ?? 0];
        if (our !== their) disagreements.push({ what: `${what} ${when}`, account, ours: our, theirs: their });
      }
    };
    const [first] = chart.periods;
    if (first) byAccount('balances', 'at the opening', { to: dayBefore(first.from) });
    for (const { id, from, to } of chart.periods) {
      byAccount('balances', id, { to });
      byAccount('movements', id, { from, to, except: ['closing'] });
    }

    const world: World = { chart, concepts: book.concepts, legs: indexLegs(legs), recorded: new Map() };
    const figures = evaluator(world);
    const lines = book.layouts
      .filter(({ command }) => command === 'is' || command === 'bs')
      .flatMap((layout) => statementOf(layout, world, { kind: 'as-laid-out' }, figures).blocks)
      .flatMap((block) => block.lines.flatMap((line) => line.cells));
    for (const cell of lines) {
      const form = cell && cell.value.kind === 'money' ? linearForm(cell.fact, world) : undefined;
      if (!cell || cell.value.kind !== 'money' || !form) continue;
      let sum: Minor = 0;
      for (const { selection, times } of form.terms) {
        const { accounts, movements, except, where } = selection;
        if (where) throw new Error(`${cell.fact} selects by dimension: ask for it first`);
        const { from, to } = form;
        const sums = theirs({
          ...(from === undefined ? {} : { from }),
          to,
          ...(movements ? { movements } : {}),
          ...(except ? { except } : {}),
        });
        for (const [account, minor] of sums) {
          if (accounts.some((family) => inFamily(account, family)))
            sum = addMinor(sum, multiplyMinor(minor, times));
        }
      }
      compared.lines += 1;
      if (sum !== cell.value.minor)
        disagreements.push({ what: cell.fact, ours: cell.value.minor, theirs: sum });
    }
    return { compared, disagreements };
  });
}

/** A posting in any of the three languages: account and amount, and nothing behind. */
const posting = /^( +)(\S+:\S+)( +)(-?\d+)\.(\d\d) ([A-Z]{3})$/;

/** The text with the first postings of its first entry moved by these minor units. */
function planted(text: string, shifts: readonly number[]): string {
  const left = [...shifts];
  return text
    .split('\n')
    .map((line) => {
      const match = left.length > 0 ? posting.exec(line) : null;
      if (!match) return line;
      const [, indent, account, gap, whole, cents, unit] = match;
      const minor = BigInt(`${whole}${cents}`) + BigInt(left.shift() ?? 0);
      const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
      return `${indent}${account}${gap}${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} ${unit}`;
    })
    .join('\n');
}

function holdsAwkwardTexts(engine: Engine): void {
  test(`${engine.name} reads texts, ids and amounts that are awkward to it`, () => {
    const { chart } = awkward;
    const { nameOf } = accountNames(chart, engine.style);
    const unit = parseUnit(chart.currency);
    inFile(engine.write(awkward), (file) => {
      expect(engine.complaint(file)).toBe('');
      const sums = engine.sums(file, { to: '2024-12-31' });
      const read = [...nameOf].map(([account, name]) => {
        const amount = sums.get(name);
        return [
          account,
          amount !== undefined && unit ? unitToMinor(amount, unit, chart.minorDigits) : undefined,
        ];
      });
      expect(Object.fromEntries(read)).toStrictEqual(awkwardBalances);
    });
  });
}

export function holdAgainst(engine: Engine): void {
  const missing = !isInstalled(engine);
  if (missing && process.env.CI !== 'true') {
    test(`${engine.name} is not installed`, () => {
      process.stderr.write(
        `\n*** ${engine.name} IS NOT INSTALLED: nothing was held against it (${engine.program}) ***\n\n`,
      );
    });
    return;
  }

  holdsAwkwardTexts(engine);

  describe.each(['sensetime-2022-interim', 'corner-shop'])(`${engine.name} reads %s`, (id) => {
    const book = readBook(bookFolder(id));
    const text = engine.write(journalOf(book));
    const first = entriesOf(book).find(({ postings }) => postings.length > 0);

    test('and every assertion in it holds', () => {
      expect(inFile(text, (file) => engine.complaint(file))).toBe('');
      expect(text).toContain('reconstructed entries');
    });

    test('and recomputes every account and every line of two statements to the last unit', () => {
      const { compared, disagreements } = compare(book, engine, text);
      const { accounts, periods } = book.chart;
      expect(disagreements).toEqual([]);
      expect(compared.balances).toBe(accounts.size * (periods.length + 1));
      expect(compared.movements).toBe(accounts.size * periods.length);
      expect(compared.lines).toBeGreaterThan(20);
    });

    test('an amount that is off by the last unit is refused', () => {
      expect(inFile(planted(text, [1]), (file) => engine.complaint(file))).toMatch(/balance/i);
    });

    test('a last unit that moved from one account to another is refused by the assertions', () => {
      expect(inFile(planted(text, [1, -1]), (file) => engine.complaint(file))).toMatch(
        /assert|Balance failed/i,
      );
    });

    test('and without the assertions it is found in the balances', () => {
      const { disagreements } = compare(book, engine, engine.withoutAssertions(planted(text, [1, -1])));
      const [from, to] = first?.postings ?? [];
      const found = new Set(
        disagreements.map(({ account }) => account).filter((account) => account !== undefined),
      );
      expect(found).toEqual(new Set([from?.account, to?.account]));
      expect(disagreements.every(({ ours, theirs }) => [1, -1].includes(Number(theirs) - Number(ours)))).toBe(
        true,
      );
    });
  });
}
