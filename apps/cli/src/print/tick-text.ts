/**
 * A ticked document in a terminal: its lines with a mark behind every number, and below a line what is to be said of it.
 *
 *      834  Depreciation charge Currency translation differences  (26,137)✓ (3,327)✓  (23,761)✓  (172,165)✓ …
 *           ◇ 240  restored: note10.translation[class=leasehold]@2022H1, lost in the scan
 *
 * Copies of a whole statement that smeared into a line are counted, not printed again.
 */
import { markNames, whyOf } from '@tieout/answers';
import type { MarkName } from '@tieout/documents';
import type { CheckedFigure, TickedDocument, TickedLine, TickedNumber } from '@tieout/proof';
import { countMarks, markNamed, markOf, type Mark } from './tick-marks';
import { putBack } from './tick-parts';
import { forTerminal, paint, wrap, type Terminal } from './text';

export interface TickAsked {
  /** Only numbers with these marks. */
  readonly only?: ReadonlySet<MarkName>;
  /** Only this line, with all that is known of it. */
  readonly line?: number;
}

export interface TickPrint {
  readonly document: TickedDocument;
  /** Figures and claims as they were held, by id. */
  readonly held: ReadonlyMap<string, CheckedFigure>;
  readonly asked: TickAsked;
  readonly terminal: Terminal;
}

/** What is told below a line without being asked. */
const telling: ReadonlySet<MarkName> = new Set([
  'differs',
  'repaired',
  'does-not-tie',
  'explained',
  'ghost',
  'untested',
]);

const margin = 6;

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

const tidy = (text: string): string => text.replace(/<[^>]*>/g, '').replace(/\t+/g, '   ');

const painted = (mark: Mark, text: string, terminal: Terminal): string => paint(text, mark.style, terminal);

/** Where a run of smeared copies begins and how many there are; short ones are printed. */
export function smears(
  numbers: readonly TickedNumber[],
): ReadonlyMap<TickedNumber, { readonly count: number; readonly end: number }> {
  const runs = new Map<TickedNumber, { count: number; end: number }>();
  let run: TickedNumber[] = [];
  const close = (): void => {
    const copies = run.filter(({ state }) => state === 'smeared');
    const [first, last] = [copies[0], copies.at(-1)];
    if (first && last && copies.length >= 4) runs.set(first, { count: copies.length, end: last.token.end });
    run = [];
  };
  for (const number of numbers) {
    if (number.state === 'smeared' || number.state === 'ghost' || number.state === 'label') run.push(number);
    else close();
  }
  close();
  return runs;
}

function markedLine(
  { text, numbers }: TickedLine,
  chosen: (mark: Mark) => boolean,
  terminal: Terminal,
): string {
  const runs = smears(numbers);
  let at = 0;
  let marked = '';
  for (const number of numbers) {
    if (number.token.start < at) continue;
    marked += tidy(text.slice(at, number.token.start));
    const run = runs.get(number);
    const mark = markOf(number);
    if (run) {
      marked += painted(mark, `[${mark.glyph} ${run.count} smeared copies]`, terminal);
      at = run.end;
      continue;
    }
    const own = chosen(mark) ? `${number.token.text}${mark.glyph}` : number.token.text;
    marked += chosen(mark) ? painted(mark, own, terminal) : own;
    at = number.token.end;
  }
  return marked + tidy(text.slice(at));
}

function saidOf(number: TickedNumber, held: TickPrint['held'], terminal: Terminal): string {
  const mark = markOf(number);
  const about = number.claim ?? number.figure;
  const why = whyOf(number, about === undefined ? undefined : held.get(about));
  const named = about === undefined || why.includes(about) ? '' : `${about}: `;
  const word = number.state === 'ghost' || number.state === 'smeared' ? 'rejected' : mark.word;
  return `${painted(mark, `${mark.glyph || '·'} ${number.token.text}`, terminal)}  ${word}; ${named}${why}`;
}

/** The lines below a line: what is found there, and what was lost there. */
function notesOf(line: TickedLine, { document, held, asked, terminal }: TickPrint): string[] {
  const told = (number: TickedNumber): boolean => {
    const { name } = markOf(number);
    if (asked.line !== undefined) return number.state !== 'smeared' || line.numbers.length < 12;
    return asked.only ? asked.only.has(name) : telling.has(name);
  };
  const repaired = markNamed('repaired');
  const lost =
    asked.only && !asked.only.has('repaired')
      ? []
      : document.restored.filter((each) => each.line === line.number);
  return [
    ...line.numbers.filter(told).map((number) => saidOf(number, held, terminal)),
    ...lost.map(({ stated: { figure } }) => {
      const equations = figure.because?.split(';') ?? [];
      const given =
        asked.line === undefined
          ? `given by ${plural(equations.length, 'equation')}`
          : `because ${figure.because ?? ''}`;
      const how =
        figure.reading === 'repaired'
          ? `lost in the scan, ${given}`
          : 'lost in its row, read from a smeared copy';
      return `${painted(repaired, `${repaired.glyph} ${putBack(figure.published)}`, terminal)}  ${figure.id}, ${how}`;
    }),
  ];
}

const indented = (text: string, terminal: Terminal): string[] =>
  wrap(text, Math.max(40, terminal.width - margin)).map((line) => ' '.repeat(margin) + line.trimStart());

/** The lines asked for, with their marks and notes. */
export function tickedText(print: TickPrint): string {
  const { document, asked, terminal } = print;
  const restoredAt = new Set(document.restored.map(({ line }) => line));
  const wanted = (line: TickedLine): boolean => {
    if (asked.line !== undefined) return line.number === asked.line;
    if (!asked.only)
      return line.numbers.some(({ state }) => state !== 'label') || restoredAt.has(line.number);
    const lost = asked.only.has('repaired') && restoredAt.has(line.number);
    return lost || line.numbers.some((number) => asked.only?.has(markOf(number).name));
  };
  const chosen = ({ name }: Mark): boolean => (asked.only ? asked.only.has(name) : name !== 'label');
  const lines = document.lines.filter(wanted).flatMap((line) => {
    const [first = '', ...rest] = indented(markedLine(line, chosen, terminal), terminal);
    const number = paint(String(line.number).padStart(margin - 2), 'dim', terminal);
    const body = [`${number}  ${first.trimStart()}`, ...rest];
    const rows =
      asked.line === undefined || line.repaired.length === 0
        ? []
        : ['      As repaired:', ...line.repaired.map(({ row }) => `        ${rowText(row)}`)];
    return [...body, ...notesOf(line, print).flatMap((note) => indented(note, terminal)), ...rows];
  });
  return forTerminal(lines.join('\n'), terminal);
}

const rowText = ({ name, cells }: TickedLine['repaired'][number]['row']): string =>
  [
    name,
    ...cells.flatMap((cell) =>
      cell ? [cell.figure.reading === 'printed' ? cell.figure.text : putBack(cell.figure.published)] : [],
    ),
  ].join('   ');

/** Percent of numbers that say how much, and are held against something. */
export function coverageOf(numbers: readonly TickedNumber[]): {
  readonly amounts: number;
  readonly held: number;
  readonly percent: string;
} {
  const amounts = numbers.filter(
    ({ state }) => state !== 'label' && state !== 'smeared' && state !== 'ghost',
  );
  const held = amounts.filter(
    ({ state, figureState }) =>
      state !== 'untested' && state !== 'claim-untied' && figureState !== 'untested',
  );
  const tenths = amounts.length === 0 ? 0 : Math.floor((held.length * 1000) / amounts.length);
  return {
    amounts: amounts.length,
    held: held.length,
    percent: `${Math.floor(tenths / 10)}.${tenths % 10} %`,
  };
}

/** What was found, counted. */
export function tickSummary(document: TickedDocument, terminal: Terminal): string {
  const all = document.lines.flatMap(({ numbers }) => numbers);
  const [rows, prose] = [true, false].map((isRow) =>
    document.lines.filter((line) => line.isRow === isRow).flatMap(({ numbers }) => numbers),
  );
  const marks = countMarks(all).map(
    ({ mark, count }) => `${painted(mark, `${mark.glyph || '·'} ${count}`, terminal)} ${mark.word}`,
  );
  const covered = (name: string, numbers: readonly TickedNumber[] = []): string => {
    const { amounts, held, percent } = coverageOf(numbers);
    return `${name} ${percent} (${held} of ${plural(amounts, 'amount')})`;
  };
  const missing = [
    ...(document.restored.length > 0
      ? [`${plural(document.restored.length, 'cell')} lost in the scan, put back as ‹…›`]
      : []),
    ...(document.notFound.length > 0
      ? [`${plural(document.notFound.length, 'figure')} of the book not found in the document`]
      : []),
    ...(document.claimsNotFound.length > 0
      ? [`${plural(document.claimsNotFound.length, 'claim')} of the book not found as a number`]
      : []),
  ];
  const text = [
    `${plural(all.length, 'number')} on ${plural(document.lines.length, 'line')}, each with one state:`,
    ...wrap(marks.join(' · '), terminal.width - 2).map((line) => `  ${line.trimStart()}`),
    `Coverage: ${covered('tables', rows)} · ${covered('prose', prose)}`,
    ...missing,
  ].join('\n');
  return forTerminal(text, terminal);
}

/** The marks that `--only` takes, and the words that stand for several. */
export const groups: Readonly<Record<string, readonly MarkName[]>> = {
  fails: ['does-not-tie', 'differs'],
  rejected: ['ghost', 'smeared', 'repaired'],
  tied: ['ties', 'within-rounding', 'repaired', 'explained', 'does-not-tie'],
};

export const onlyWords: readonly string[] = [...markNames, ...Object.keys(groups)];
