/**
 * `whatif sud FILE…`: the summary of unadjusted differences, against a materiality and a clearly-trivial line that the user
 * gives. Exit 1 where the differences are material together.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readDifferences } from '@tieout/book';
import { ExitCode, refuse } from '@tieout/events';
import { formatAmount, isDecimal } from '@tieout/money';
import { summaryOfDifferences, type Measured, type WhatIf } from '@tieout/what-if';
import { forTerminal, padEnd, padStart, paint, widthOf } from '../print/text';
import type { Session } from '../session';
import { scenarioFromFlags } from '../what-if';

interface SudOptions {
  readonly set: readonly string[];
  readonly materiality?: string;
  readonly trivial?: string;
}

/** Profit, equity and assets, as the book's own primary statements end with them. */
function measuredIn(session: Session, asked: WhatIf): readonly Measured[] {
  const period = session.book.chart.periods.at(-1);
  const named: readonly (readonly [string, string])[] = [
    ['profit', `is.loss@${period?.id}`],
    ['equity', `bs.equity@${period?.to}`],
    ['assets', `bs.assets@${period?.to}`],
  ];
  const found = named
    .filter(([, fact]) => asked.facts.shown.some((shown) => shown.fact === fact))
    .map(([name, fact]) => ({ name, fact }));
  return found.length > 0
    ? found
    : refuse('E602', 'the book has none of is.loss, bs.equity and bs.assets to measure differences by');
}

function amountFrom(text: string | undefined, option: string, otherwise?: string): string {
  const written = (text ?? otherwise ?? '').replaceAll(',', '');
  if (isDecimal(written) && !written.startsWith('-')) return written;
  return refuse(
    'E602',
    text === undefined ? `whatif sud needs ${option}` : `${option} takes an amount, not "${text}"`,
    { help: `like ${option} 50000` },
  );
}

export function runSud(
  session: Session,
  asked: WhatIf,
  files: readonly string[],
  options: SudOptions,
): number {
  const { io, globals, book } = session;
  if (files.length === 0)
    return refuse('E602', 'whatif sud needs a file of differences', {
      help: 'tieout whatif sud differences.yaml --materiality 50000',
    });
  const differences = files.flatMap((file) => {
    try {
      return readDifferences(readFileSync(resolve(io.cwd, file), 'utf8'), file, book);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return refuse('E101', `cannot read ${file}`);
      throw error;
    }
  });
  const materiality = amountFrom(options.materiality, '--materiality');
  const trivial = amountFrom(options.trivial, '--trivial', '0');
  const sud = summaryOfDifferences(asked, {
    differences,
    measured: measuredIn(session, asked),
    materiality,
    trivial,
    rules: scenarioFromFlags(options.set).rules,
    // What was found in an earlier period is measured there.
    reopens: book.chart.periods.map(({ id }) => id),
  });
  const code = sud.verdict === 'material' ? ExitCode.findings : ExitCode.done;
  const names = sud.measured.map(({ name }) => name);
  if (globals.json) {
    const effects = (list: readonly string[]): Record<string, string> =>
      Object.fromEntries(names.map((name, index) => [name, list[index] ?? '0']));
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.sud/1',
          unit: book.amountUnit.text,
          materiality,
          trivial,
          differences: sud.rows.map(
            ({ difference: { id, kind, description, priorYear }, effects: list, trivial: small }) => ({
              id,
              kind,
              description,
              priorYear,
              effects: effects(list),
              trivial: small,
            }),
          ),
          total: effects(sud.total),
          verdict: sud.verdict,
        },
        undefined,
        1,
      ),
    );
    return code;
  }
  const rows = sud.rows.map(
    ({ difference: { id, kind, description, priorYear }, effects, trivial: small }) => ({
      name: `${id} ${description} (${kind}${priorYear ? ', prior year' : ''}${small ? ', clearly trivial: not counted' : ''})`,
      cells: effects.map((effect) => formatAmount(effect, { nil: '-' })),
    }),
  );
  const total = {
    name: 'Uncorrected in total',
    cells: sud.total.map((effect) => formatAmount(effect, { nil: '-' })),
  };
  const widths = names.map((name, index) =>
    Math.max(widthOf(name), ...[...rows, total].map(({ cells }) => widthOf(cells[index] ?? ''))),
  );
  const label = Math.max(30, io.out.width - widths.reduce((sum, width) => sum + width + 2, 0));
  const line = ({ name, cells }: typeof total): string =>
    forTerminal(
      `${padEnd(widthOf(name) > label ? `${name.slice(0, label - 1)}…` : name, label)}${cells.map((cell, index) => `  ${padStart(cell, widths[index] ?? 0)}`).join('')}`,
      io.out,
    );
  io.print(
    forTerminal(
      `Summary of unadjusted differences, effect of correcting them, ${book.amountUnit.text}`,
      io.out,
    ),
  );
  io.print(paint(line({ name: '', cells: names }), 'bold', io.out));
  for (const row of rows) io.print(line(row));
  io.print(paint(line(total), 'bold', io.out));
  io.print(
    forTerminal(
      `Materiality ${formatAmount(materiality)}, clearly trivial below ${formatAmount(trivial, { nil: '0' })}: ${sud.verdict} together.`,
      io.out,
    ),
  );
  return code;
}
