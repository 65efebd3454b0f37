/**
 * The main job, what `npm start` runs: the primary statements replayed, a summary of their published figures by state,
 * and how to go on.
 */
import { provenFigures, publishedBy, statementJson, whenOf } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import { Statements } from '@tieout/projections';
import { stateGlyph, type FigureCoverage, type ProvenFigure } from '@tieout/proof';
import { forTerminal, padEnd, padStart, paint } from '../print/text';
import { word } from '../print/state';
import { brokenLines } from '../broken';
import type { Session } from '../session';
import { countStates, isFinding } from '../summary';
import { printStatement } from './statement';

function summaryLines(session: Session, proven: readonly ProvenFigure[], coverage: FigureCoverage): string[] {
  const { io, book } = session;
  const { out } = io;
  const found = countStates(proven).map(({ state }) => state);
  const layouts = book.layouts.filter(({ id }) => proven.some(({ figure }) => figure.statement === id));
  const width = Math.max(...layouts.map(({ id }) => id.length), 9) + 2;
  const count = (list: readonly ProvenFigure[], state: string): string =>
    String(list.filter((each) => each.state === state).length || '-');
  const heads = found.map((state) => `${stateGlyph[state]} ${word(state)}`);
  const row = (label: string, list: readonly ProvenFigure[]): string =>
    padEnd(label, width) +
    padStart(String(list.length), 8) +
    found.map((state, index) => padStart(count(list, state), (heads[index]?.length ?? 0) + 3)).join('');
  return [
    paint('Published figures held against the replay', 'bold', out),
    padEnd('', width) + padStart('figures', 8) + heads.map((head) => `   ${head}`).join(''),
    ...layouts.map(({ id }) =>
      row(
        id,
        proven.filter(({ figure }) => figure.statement === id),
      ),
    ),
    row('total', proven),
    '',
    `${coverage.facts} facts: ${coverage.crossChecked} cross-checked by the others, ${coverage.selfSupporting} self-supporting (the entries could absorb any change), ${coverage.rounded} rounded${coverage.untested ? `, ${coverage.untested} untested` : ''}.`,
    "The entries are reconstructed from the disclosures: one ledger that reproduces the figures, not the company's own.",
  ];
}

export async function runOverview(session: Session): Promise<number> {
  const { io, globals, book, projections } = session;
  const primary = book.layouts.filter(({ command }) => command !== undefined);
  const when = whenOf(session);
  const books = projections.get(Statements).books(when.kind === 'day' ? when.day : undefined);
  const figures = publishedBy(session, when).filter(({ statement }) =>
    primary.some(({ id }) => id === statement),
  );
  const { figures: proven, coverage } = await provenFigures(session, figures);
  const code = proven.some(({ state }) => isFinding(state, globals.strict ?? false))
    ? ExitCode.findings
    : ExitCode.done;
  if (globals.json) {
    const list = primary.map((layout) =>
      statementJson(projections.get(Statements).statement(layout, when, books), proven, session),
    );
    const counts = Object.fromEntries(countStates(proven).map(({ state, count }) => [state, count]));
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.overview/1',
          book: book.id,
          revision: session.revision,
          statements: list,
          figures: counts,
        },
        undefined,
        2,
      ),
    );
    return code;
  }
  for (const layout of primary) printStatement(session, layout, when, books, proven);
  if (globals.csv) return code;
  const { out } = io;
  const say = (text: string): void => io.print(forTerminal(text, out));
  for (const line of summaryLines(session, proven, coverage)) say(line);
  for (const line of await brokenLines(session, books, proven)) say(line);
  say('');
  say(paint('Go on', 'bold', out));
  const start = `npm -s start -- ${globals.book === undefined ? '' : `-b ${globals.book} `}`;
  const [first] = proven;
  const next: readonly (readonly [string, string])[] = [
    ['is', 'one statement: is, oci, bs, soce, cf, or statement ID'],
    ['figures', 'every published figure: printed, replayed, state, basis'],
    ['check', 'all ties between figures, and each break with its probable cause'],
    ...(first
      ? [[`explain ${first.figure.fact}`, 'a figure down to its entries, and up to what uses it'] as const]
      : []),
    ['log', 'the entries behind them; show ENTRY for one'],
    ['whatif list', 'hypothetical entries over the same replay, checked again'],
    ['verify', 'is the log intact?'],
    ['help', 'everything else'],
  ];
  const width = Math.max(...next.map(([command]) => command.length)) + 2;
  for (const [command, what] of next) say(`  ${start}${padEnd(command, width)}${what}`);
  return code;
}
