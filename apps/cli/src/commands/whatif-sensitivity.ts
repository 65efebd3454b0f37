/**
 * `whatif --tornado`, `--table` and `--compare`: many worlds over one replay.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  atFlags,
  flag,
  pairOf,
  scenarioFromFlags,
  whatIfCompareDocument,
  whatIfTableDocument,
  whatIfTornadoDocument,
} from '@tieout/answers';
import { ExitCode, refuse } from '@tieout/events';
import { formatAmount } from '@tieout/money';
import {
  tornado,
  tornadoChart,
  twoWay,
  type Axis,
  type Change,
  type Simulation,
  type WhatIf,
} from '@tieout/what-if';
import { shown } from '../print/plan';
import { csvRecord, forTerminal, padEnd, padStart, paint, widthOf } from '../print/text';
import type { Session } from '../session';
import type { WhatIfOptions } from './whatif';

export function runTornado(
  { io, globals }: Session,
  asked: WhatIf,
  figure: string,
  { percent, set, out }: WhatIfOptions,
): number {
  const { rules, rulesAt } = scenarioFromFlags(set);
  const by = percent === '10' ? [] : [flag('--percent', percent)];
  const flags = [flag('--tornado', figure), ...by, ...(rulesAt ? [rulesAt] : [])];
  const found = atFlags(flags, () => tornado(asked, figure, percent, rules));
  const { bars, left, unit } = found;
  if (out !== undefined) writeFileSync(resolve(io.cwd, out), tornadoChart(found));
  if (globals.json) {
    io.print(JSON.stringify(whatIfTornadoDocument(found), undefined, 1));
    return ExitCode.done;
  }
  const decimals = unit === '%' || unit.endsWith('per share') ? 4 : 0;
  const amount = (text: string): string => formatAmount(text, { decimals, nil: '0' });
  const rows = bars.map(({ driver, low, high }) => ({
    name: `${driver.id}${driver.base === 'assumed' ? ' [assumed base]' : ''}`,
    low: amount(low),
    high: amount(high),
    size: Math.abs(Number(high)),
  }));
  const name = Math.max(...rows.map((row) => widthOf(row.name)), 6);
  const cell = Math.max(...rows.flatMap((row) => [widthOf(row.low), widthOf(row.high)]), 6);
  const room = Math.max(4, Math.min(30, io.out.width - name - 2 * cell - 6));
  const most = Math.max(...rows.map(({ size }) => size), 1e-9);
  io.print(
    forTerminal(
      paint(
        `${padEnd(`${figure}, ${unit}`, name)}  ${padStart(`-${percent}%`, cell)}  ${padStart(`+${percent}%`, cell)}`,
        'bold',
        io.out,
      ),
      io.out,
    ),
  );
  for (const row of rows)
    io.print(
      forTerminal(
        `${padEnd(row.name, name)}  ${padStart(row.low, cell)}  ${padStart(row.high, cell)}  ${io.out.ascii ? '#'.repeat(Math.round((room * row.size) / most)) : '█'.repeat(Math.round((room * row.size) / most))}`.trimEnd(),
        io.out,
      ),
    );
  io.print('Each driver alone; this says nothing about drivers that move together.');
  if (left.length > 0) io.tell(`left out: ${left.map(({ driver, why }) => `${driver} (${why})`).join(', ')}`);
  return ExitCode.done;
}

export function runTable(
  { io, globals }: Session,
  asked: WhatIf,
  figure: string,
  { over, set }: WhatIfOptions,
): number {
  const axes = over.map((text): Axis => {
    const [driver, levels] = pairOf(text, '--over');
    return { at: flag('--over', text), driver, levels: levels.split(',').map((level) => level.trim()) };
  });
  const [rows, columns] = axes;
  if (!rows || !columns || axes.length > 2)
    return refuse('E602', '--table needs two --over DRIVER=LEVEL,LEVEL…', {
      at: flag('--table', figure),
      help: 'like --over impairment=-10%,+10% --over rmb-hkd=0,1,2',
    });
  const { rules, rulesAt } = scenarioFromFlags(set);
  const flags = [flag('--table', figure), ...(rulesAt ? [rulesAt] : [])];
  const cells = atFlags(flags, () => twoWay(asked, figure, { rows, columns, rules }));
  const { unit = '', decimals = 0 } = asked.facts.shown.find(({ fact }) => fact === figure) ?? {};
  if (globals.json) {
    io.print(JSON.stringify(whatIfTableDocument(asked, figure, { rows, columns }, cells), undefined, 1));
    return ExitCode.done;
  }
  const texts = cells.map((row) => row.map((cell) => shown(cell, { decimals, unit })));
  const head = Math.max(widthOf(rows.driver), ...rows.levels.map(widthOf));
  const width = Math.max(...texts.flat().map(widthOf), ...columns.levels.map(widthOf));
  const line = (name: string, row: readonly string[]): string =>
    forTerminal(`${padEnd(name, head)}  ${row.map((cell) => padStart(cell, width)).join('  ')}`, io.out);
  io.print(forTerminal(`${figure}, ${unit}: ${rows.driver} down, ${columns.driver} across`, io.out));
  io.print(paint(line('', columns.levels), 'bold', io.out));
  rows.levels.forEach((level, index) => io.print(line(level, texts[index] ?? [])));
  return ExitCode.done;
}

/** Scenarios side by side: every figure that any of them changes. */
export function runCompare(
  session: Session,
  simulations: readonly Simulation[],
  options: WhatIfOptions,
): number {
  const { io, globals, book } = session;
  if (globals.json) {
    io.print(JSON.stringify(whatIfCompareDocument(session, simulations), undefined, 1));
    return ExitCode.done;
  }
  const primary = new Set(book.layouts.filter(({ command }) => command !== undefined).map(({ id }) => id));
  const facts = new Map(
    simulations.flatMap(({ changes }) => changes.map((change): [string, Change] => [change.fact, change])),
  );
  const order = simulations[0]?.base.layouts.length === 0 ? [] : [...facts.values()];
  const rows = order
    .filter(({ statement }) => options.all || primary.has(statement))
    .map((change) => ({
      label: change.label,
      cells: [
        shown(change.beforeText, change),
        ...simulations.map(({ changes }) => {
          const own = changes.find(({ fact }) => fact === change.fact);
          return own ? shown(own.afterText, own) : shown(change.beforeText, change);
        }),
      ],
    }));
  const head = ['reported', ...simulations.map(({ scenario }) => scenario.id)];
  if (globals.csv) {
    io.print(
      [['label', ...head], ...rows.map(({ label, cells }) => [label, ...cells])].map(csvRecord).join('\n'),
    );
    return ExitCode.done;
  }
  const widths = head.map((title, index) =>
    Math.max(widthOf(title), ...rows.map(({ cells }) => widthOf(cells[index] ?? ''))),
  );
  const label = Math.max(24, io.out.width - widths.reduce((sum, width) => sum + width + 2, 0));
  const line = (name: string, cells: readonly string[]): string =>
    forTerminal(
      `${padEnd(widthOf(name) > label ? `${name.slice(0, label - 1)}…` : name, label)}${cells.map((cell, index) => `  ${padStart(cell, widths[index] ?? 0)}`).join('')}`.trimEnd(),
      io.out,
    );
  io.print(paint(line('', head), 'bold', io.out));
  for (const row of rows) io.print(line(row.label, row.cells));
  return ExitCode.done;
}
