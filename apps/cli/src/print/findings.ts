/**
 * Findings in sight: the print in question once, then every tie that it breaks, then the probable cause.
 *
 *     ✗ mda-ebitda.adjusted-ebitda@2022H1  Adjusted EBITDA  (2,322.6) RMB million, line 273
 *         agree    printed (2,322.546) on line 28                        difference (0.054)
 *         ledger   replayed (2,322.546)                                  difference (0.054)
 *         cause    rounding-plug: ...
 */
import { formatAmount } from '@tieout/money';
import { prose, stateGlyph, type Finding, type SideSaid } from '@tieout/proof';
import type { PublishedFigure } from '@tieout/statements';
import { inFull } from '../broken';
import { padEnd, paint, wrap, type Terminal } from './text';

/** "(2,322.6)", or the amount where nothing legible is printed. */
const asPrinted = ({ text, published }: PublishedFigure): string =>
  text || formatAmount(published, { nil: 'nil' });

/** With its unit: in prose that is part of the text. */
const inItsUnit = (figure: PublishedFigure): string =>
  figure.statement === prose ? asPrinted(figure) : `${asPrinted(figure)} ${figure.unit}`;

const on = ({ sourceLine }: PublishedFigure): string => (sourceLine > 0 ? ` on line ${sourceLine}` : '');

/** What a side is, in a few words. */
function side({ value, prints, replayed }: SideSaid): string {
  if (replayed) return `replayed ${inFull(value)}`;
  const [only, ...others] = prints;
  if (only && others.length === 0) return `printed ${inItsUnit(only)}${on(only)}`;
  return `${inFull(value)} from ${prints.length} prints`;
}

/** Findings about one print. */
function lines(
  subject: string,
  findings: readonly Finding[],
  print: PublishedFigure | undefined,
  terminal: Terminal,
): string[] {
  const [first] = findings;
  if (!first) return [];
  const waits = findings.every(({ kind }) => kind === 'repair' || kind === 'explanation');
  const glyph = waits
    ? stateGlyph.untested
    : findings.some(({ state }) => state === 'does-not-tie')
      ? stateGlyph['does-not-tie']
      : stateGlyph.explained;
  const style = glyph === stateGlyph['does-not-tie'] ? 'red' : 'cyan';
  const head = print
    ? `${print.label === print.text ? '' : `${print.label}: `}${inItsUnit(print)}${print.sourceLine > 0 ? `, line ${print.sourceLine}` : ''}`
    : '';
  const row = (name: string, text: string): string[] =>
    wrap(text, terminal.width - 18).map((line, index) => `    ${padEnd(index === 0 ? name : '', 14)}${line}`);
  const [cause, ...others] = findings
    .flatMap(({ causes }) => causes)
    .filter((each, index, all) => all.findIndex(({ text }) => text === each.text) === index);
  const explanation = findings.flatMap((each) => (each.explanation ? [each.explanation] : []))[0];
  return [
    ...wrap(`${paint(`${glyph} ${subject}`, style, terminal)}  ${head}`, terminal.width),
    ...findings.flatMap(({ kind, right, left, difference, unit, note }) => {
      if (note !== undefined) return row(kind, note);
      const about = left?.prints.length === 1 ? left.prints[0]?.id : undefined;
      const leftSaid =
        left && about !== subject ? `${about === undefined ? '' : `${about} `}${side(left)}, against ` : '';
      return row(
        kind,
        `${leftSaid}${right ? side(right) : ''}, difference ${inFull(difference ?? '0')} ${unit ?? ''}`.trim(),
      );
    }),
    ...(cause && cause.name !== explanation?.cause ? row('cause', `${cause.name}: ${cause.text}`) : []),
    ...others.flatMap((each) => row('or', `${each.name}: ${each.text}`)),
    ...(explanation
      ? row(
          'explained',
          `${explanation.cause}: ${explanation.reason} (${explanation.actor}, ${explanation.recordedAt.slice(0, 10)})`,
        )
      : []),
  ];
}

/** The print that is in question: the one that is suspected, else the one that the tie is about. */
const inQuestion = ({ subject, causes: [cause] }: Finding): string => cause?.figure ?? subject;

/** Grouped by the print in question, in the order of their first. */
export function findingLines(
  findings: readonly Finding[],
  print: (figure: string) => PublishedFigure | undefined,
  terminal: Terminal,
): string[] {
  const subjects = new Map<string, Finding[]>();
  for (const finding of findings) {
    const subject = inQuestion(finding);
    subjects.set(subject, [...(subjects.get(subject) ?? []), finding]);
  }
  return [...subjects].flatMap(([subject, own]) => [...lines(subject, own, print(subject), terminal), '']);
}
