/**
 * The corner shop: a whole book reads, replays to what it published, foots, and proves where its amounts come from.
 */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareDecimals, addDecimals, negateDecimal } from '@tieout/money';
import { evaluator, indexLegs, inUnit } from '@tieout/statements';
import { bookFromJson, bookToJson, structureHashOf } from './book';
import { hashBookFiles, readBook } from './folder';
import { checkProvenance } from './provenance';

const dir = join(__dirname, '../../../books/corner-shop');
const book = readBook(dir);

/** The value of every fact as the entries give it, in pounds. */
const replayed = evaluator({
  chart: book.chart,
  concepts: book.concepts,
  legs: indexLegs(book.journal.flatMap(({ entries }) => entries.flatMap(({ entry }) => entry.postings))),
  recorded: new Map(),
});

it('replays to every published figure', () => {
  const differing = book.figures.filter(({ fact, unit, published }) => {
    const value = replayed.value(fact);
    const text = value && inUnit(value, unit, book.chart);
    return text === undefined || compareDecimals(text, published) !== 0;
  });
  expect(differing.map(({ id }) => id)).toStrictEqual([]);
  expect(book.figures.length).toBe(98);
});

it('publishes a figure for every cell', () => {
  const cells = book.layouts.flatMap(({ id: statement, blocks }) =>
    blocks.flatMap(({ columns, lines }) =>
      lines.flatMap((line) =>
        line.cells.flatMap((cell, index) =>
          cell ? [`${statement} ${line.id} ${columns[index]?.period} ${columns[index]?.id}`] : [],
        ),
      ),
    ),
  );
  const printed = book.figures.map(
    ({ statement, line, period, column }) => `${statement} ${line} ${period} ${column}`,
  );
  expect(printed.toSorted()).toStrictEqual(cells.toSorted());
});

it('foots as printed, down and across', () => {
  const published = new Map(book.figures.map(({ fact, published: value }) => [fact, value]));
  const off = book.footings.filter(({ total, of }) => {
    const sum = of.reduce((value, { fact, times }) => {
      const part = published.get(fact) ?? '0';
      return addDecimals(value, times === 1 ? part : negateDecimal(part));
    }, '0');
    return compareDecimals(sum, published.get(total) ?? 'no figure') !== 0;
  });
  expect(off).toStrictEqual([]);
  expect(book.footings.map(({ kind }) => kind).filter((kind) => kind === 'cross-foot').length).toBe(16);
  expect(book.footings.length).toBe(30);
});

it('proves where its amounts come from', () => {
  expect(checkProvenance(book)).toStrictEqual([]);
});

it('comes back from JSON as it was', () => {
  expect(bookFromJson(bookToJson(book))).toStrictEqual(book);
});

describe('the hashes', () => {
  const copy = join(mkdtempSync(join(tmpdir(), 'tieout-book-')), 'corner-shop');
  cpSync(dir, copy, { recursive: true });
  const change = (file: string, text: string, becomes: string): void => {
    const before = readFileSync(join(copy, file), 'utf8');
    expect(before).toContain(text);
    writeFileSync(join(copy, file), before.replace(text, becomes));
  };

  it('are of the files, and leave README.md out', () => {
    expect(hashBookFiles(copy)).toStrictEqual(book.files);
    expect(book.files.map(({ path }) => path)).toStrictEqual([
      'accounts.csv',
      'book.yaml',
      'figures/note-1.csv',
      'figures/primary-statements.csv',
      'journal/2024.yaml',
      'journal/2025.yaml',
      'movements.csv',
      'statements/balance-sheet.yaml',
      'statements/cash-flows.yaml',
      'statements/changes-in-equity.yaml',
      'statements/income-statement.yaml',
      'statements/note-1.yaml',
    ]);
    change('README.md', 'The corner shop', 'A corner shop');
    expect(hashBookFiles(copy)).toStrictEqual(book.files);
  });

  it('of the structure do not change with comments, those of the file do', () => {
    change('statements/income-statement.yaml', 'lines:', '# the lines\nlines:');
    const commented = readBook(copy);
    expect(commented.structureHash).toBe(book.structureHash);
    expect(commented.files).not.toStrictEqual(book.files);
    change('statements/income-statement.yaml', 'Gross profit', 'Gross margin');
    expect(readBook(copy).structureHash).not.toBe(book.structureHash);
    expect(structureHashOf(book)).toBe(book.structureHash);
  });
});
