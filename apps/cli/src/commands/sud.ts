/**
 * `whatif sud FILE…`: the summary of unadjusted differences, against a materiality and a clearly-trivial line that the user
 * gives. Exit 1 where the differences are material together.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { scenarioFromFlags } from '@tieout/answers';
import { readDifferences } from '@tieout/book';
import { ExitCode, refuse } from '@tieout/events';
import { formatAmount, isDecimal } from '@tieout/money';
import {
  sudMeasures,
  summaryOfDifferences,
  type Effects,
  type Measured,
  type Sud,
  type WhatIf,
} from '@tieout/what-if';
import { forTerminal, padEnd, padStart, paint, widthOf, wrap } from '../print/text';
import type { Session } from '../session';

interface SudOptions {
  readonly set: readonly string[];
  readonly materiality?: string;
  readonly trivial?: string;
}

/** Profit, equity and assets, as the book's own primary statements end with them, and equity before. */
function measuredIn({ book }: Session, asked: WhatIf): Measured {
  const [period, before] = [book.chart.periods.at(-1), book.chart.periods.at(-2)];
  const named = {
    opening: `bs.equity@${before?.to}`,
    profit: `is.loss@${period?.id}`,
    equity: `bs.equity@${period?.to}`,
    assets: `bs.assets@${period?.to}`,
  };
  const shown = new Set(asked.facts.shown.map(({ fact }) => fact));
  const found = Object.fromEntries(Object.entries(named).filter(([, fact]) => shown.has(fact)));
  return Object.keys(found).length > 0
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
  });
  const limits = { materiality, trivial };
  if (globals.json) io.print(JSON.stringify(sudJson(session, sud, limits), undefined, 1));
  else printSud(session, sud, limits);
  return sud.verdict === 'material' ? ExitCode.findings : ExitCode.done;
}

interface Limits {
  readonly materiality: string;
  readonly trivial: string;
}

const sudJson = ({ book }: Session, sud: Sud, limits: Limits): unknown => ({
  schema: 'tieout.sud/1',
  unit: book.amountUnit.text,
  ...limits,
  differences: sud.rows.map(
    ({ difference: { id, kind, description, turnaround }, priorYear, effects, trivial }) => ({
      ...{ id, kind, description, priorYear, turnedAround: turnaround !== undefined, effects, trivial },
    }),
  ),
  priorYears: sud.prior,
  thisPeriod: sud.present,
  total: sud.total,
  material: sud.material,
  verdict: sud.verdict,
});

const heads: Effects = {
  opening: 'opening',
  profit: 'profit',
  ironCurtain: 'iron curtain',
  equity: 'equity',
  assets: 'assets',
};

function printSud({ io, book }: Session, sud: Sud, { materiality, trivial }: Limits): void {
  const row = (name: string, effects: Effects) => ({
    name,
    cells: sudMeasures.map((measure) => formatAmount(effects[measure], { nil: '-' })),
  });
  const rows = sud.rows.map(({ difference: { id, kind, description }, priorYear, effects, trivial: small }) =>
    row(
      `${id} ${description} (${kind}${priorYear ? ', prior year' : ''}${small ? ', clearly trivial: not counted' : ''})`,
      effects,
    ),
  );
  const totals = [
    row('Of prior years', sud.prior),
    row('Of this period', sud.present),
    row('Uncorrected in total', sud.total),
  ];
  const head = { name: '', cells: sudMeasures.map((measure) => heads[measure]) };
  const widths = sudMeasures.map((_, index) =>
    Math.max(...[head, ...rows, ...totals].map(({ cells }) => widthOf(cells[index] ?? ''))),
  );
  const label = Math.max(30, io.out.width - widths.reduce((sum, width) => sum + width + 2, 0));
  const print = ({ name, cells }: typeof head, bold = false): void => {
    const numbers = cells.map((cell, index) => `  ${padStart(cell, widths[index] ?? 0)}`).join('');
    const [first = '', ...more] = wrap(name, label);
    for (const line of [`${padEnd(first, label)}${numbers}`.trimEnd(), ...more]) {
      const text = forTerminal(line, io.out);
      io.print(bold ? paint(text, 'bold', io.out) : text);
    }
  };
  const say = (text: string): void => {
    for (const line of wrap(text, io.out.width)) io.print(forTerminal(line, io.out));
  };
  say(`Summary of unadjusted differences, effect of correcting them, ${book.amountUnit.text}`);
  print(head, true);
  for (const each of rows) print(each);
  for (const each of totals) print(each, true);
  say(
    `opening: equity at the end of the period before. profit: that of the period, rolled over. iron curtain: profit, were all that is wrong at its end put right in it.`,
  );
  const by = sud.material.map((measure) => heads[measure]).join(', ');
  say(
    `Materiality ${formatAmount(materiality)}, clearly trivial below ${formatAmount(trivial, { nil: '0' })}: ${sud.verdict} together${by === '' ? '' : `, by ${by}`}.`,
  );
}
