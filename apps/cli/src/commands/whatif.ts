/**
 * `whatif`: what the statements would be. Scenarios and drivers over the same replay, checked again; nothing is written to
 * the log, whatever is asked.
 *
 *     tieout whatif impairment-up-20
 *     tieout whatif --set impairment=+20% --set tax=15% -o mine.yaml
 *     tieout whatif --seek is.loss@2022H1=-3000000 --by ecl.rate.1-2y
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { entriesToYaml, scenarioToYaml } from '@tieout/book';
import { ExitCode, refuse } from '@tieout/events';
import { formatAmount, formatMinor, placesOf } from '@tieout/money';
import {
  asEntry,
  decimalOf,
  levelsNow,
  levelText,
  orderMatters,
  patchOf,
  restingOn,
  seek,
  stack,
  tornado,
  tornadoChart,
  twoWay,
  waterfall,
  type Axis,
  type Change,
  type Scenario,
  type Simulation,
  type WhatIf,
} from '@tieout/what-if';
import type { Command } from 'commander';
import { bridgeText, planText, shown } from '../print/plan';
import { csvRecord, forTerminal, padEnd, padStart, paint, widthOf, wrap } from '../print/text';
import type { Session } from '../session';
import { suggestion } from '../suggestion';
import { askedOf, pairOf, scenarioFromFlags, scenarioOf, unsaved } from '../what-if';
import { amountText } from './journal';
import { runSud } from './sud';

export interface WhatIfOptions {
  readonly set: readonly string[];
  readonly seek?: string;
  readonly by?: string;
  readonly breakEven?: string;
  readonly tornado?: string;
  readonly percent: string;
  readonly table?: string;
  readonly over: readonly string[];
  readonly bridge?: string;
  readonly resting?: string;
  readonly compare?: boolean;
  readonly all?: boolean;
  readonly exitCode?: boolean;
  readonly out?: string;
  readonly promote?: string;
  readonly materiality?: string;
  readonly trivial?: string;
}

const several = (value: string, before: readonly string[]): string[] => [...before, value];

export function whatIfOptions(command: Command): Command {
  return command
    .option('--set <driver=level>', 'a driver at a level: +20%, x1.5, 650620; or a rule: tax=15%, nci=1.5%, cash=settled', several, [])
    .option('--seek <figure=value>', 'the level of a driver at which a figure is this')
    .option('--by <driver>', 'the driver to seek by')
    .option('--break-even <figure>', 'the level at which a figure is nil')
    .option('--tornado <figure>', 'what each driver alone does to a figure')
    .option('--percent <number>', 'by how much drivers are moved in a tornado', '10')
    .option('--table <figure>', 'a figure over the levels of two drivers')
    .option('--over <driver=levels>', 'a driver and its levels: impairment=-10%,0%,+10%', several, [])
    .option('--bridge <figure>', 'what each adjustment does to a figure')
    .option('--resting <figure>', 'how much of a figure rests on assumed amounts and allocations')
    .option('--compare', 'scenarios side by side (otherwise they are stacked in their order)')
    .option('--all', 'notes and discussion, too, and every entry')
    .option('--exit-code', 'exit 1 where the scenario changes a figure')
    .option('-o, --out <file>', 'save: FILE.yaml the scenario, FILE.svg a chart')
    .option('--promote <file>', 'write the synthetic entries as a file for tieout post: to review, nothing is posted')
    .option('--materiality <amount>', 'sud: what is material')
    .option('--trivial <amount>', 'sud: what is clearly trivial');
}

export function runWhatIf(session: Session, words: readonly string[], options: WhatIfOptions): number {
  const [first, ...rest] = words;
  const asked = askedOf(session);
  if (first === 'list') return list(session);
  if (first === 'drivers') return drivers(session, asked);
  if (first === 'sud') return runSud(session, asked, rest, options);
  if (options.resting !== undefined) return resting(session, asked, options.resting);
  if (options.tornado !== undefined) return printTornado(session, asked, options.tornado, options);
  if (options.table !== undefined) return printTable(session, asked, options.table, options);
  const goal = options.breakEven === undefined ? options.seek : `${options.breakEven}=0`;
  if (goal !== undefined) return printSought(session, asked, goal, options);
  const scenarios = scenariosOf(session, words, options);
  if (options.compare) return compare(session, scenarios.map((scenario) => asked.simulate(scenario)), options);
  const simulation = stack(asked, scenarios);
  write(session, simulation, options);
  if (options.bridge !== undefined) return bridge(session, simulation, options.bridge);
  if (session.globals.json) session.io.print(JSON.stringify(whatIfJson(session, simulation), undefined, 1));
  else if (session.globals.csv) session.io.print(changesCsv(simulation.changes));
  else {
    printPlan(session, simulation, options);
    if (scenarios.length > 1) tellOrder(session, asked, scenarios);
  }
  return exitOf(simulation, options);
}

const exitOf = ({ changes }: Simulation, { exitCode }: WhatIfOptions): number => (exitCode && changes.length > 0 ? ExitCode.findings : ExitCode.done);

/** The scenarios that are named, and the levels that are set, as one more after them. */
function scenariosOf(session: Session, words: readonly string[], { set }: WhatIfOptions): readonly Scenario[] {
  const flags = scenarioFromFlags(set);
  const named = words.map((word) => scenarioOf(session, word));
  if (named.length === 0 && flags.adjustments.length === 0) {
    return refuse('E602', 'whatif needs a scenario, or levels to set', { help: 'tieout whatif list, tieout whatif drivers, tieout whatif --set impairment=+20%' });
  }
  // Rules alone are for the scenarios that are named.
  const ruled = named.map((scenario) => ({ ...scenario, rules: { ...scenario.rules, ...flags.rules } }));
  return flags.adjustments.length === 0 ? ruled : [...ruled, unsaved(flags)];
}

function printPlan(session: Session, simulation: Simulation, { all }: WhatIfOptions): void {
  const { io, book } = session;
  const text = planText(simulation, { terminal: io.out, layouts: book.layouts, amount: (minor) => amountText(minor, session), all: all ?? false, amounts: book.amountUnit.text });
  io.print(forTerminal(text, io.out));
}

function tellOrder(session: Session, asked: WhatIf, scenarios: readonly Scenario[]): void {
  const differing = orderMatters(asked, scenarios);
  const text = differing.length === 0 ? 'Order: stacked the other way round, every figure is the same.' : `Order matters: stacked the other way round, ${differing.length} figures differ, ${differing[0]} first.`;
  session.io.print(forTerminal(text, session.io.out));
}

/** Files that were asked for. */
function write({ io, book }: Session, simulation: Simulation, { out, promote, bridge: figure }: WhatIfOptions): void {
  if (out !== undefined) {
    const at = resolve(io.cwd, out);
    if (out.endsWith('.svg')) writeFileSync(at, waterfall(simulation, changeOf(simulation, figure ?? headline(simulation))));
    else {
      const { scenario } = simulation;
      if (scenario.adjustments.some(({ kind }) => kind !== 'set')) refuse('E602', 'only levels that are set can be saved; this scenario has a file already', { help: 'copy that file' });
      const id = out.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
      writeFileSync(at, scenarioToYaml({ ...scenario, id, title: scenario.title === 'unsaved' ? id : scenario.title }));
    }
    io.tell(`written: ${out}`);
  }
  if (promote !== undefined) {
    const entries = simulation.entries.map((entry) => ({ ...asEntry(entry), id: `${simulation.scenario.id}-${entry.id}` }));
    writeFileSync(resolve(io.cwd, promote), `# Entries of the scenario ${simulation.scenario.id}: review them, then tieout post. Nothing is posted yet.\n${entriesToYaml(entries, book)}`);
    io.tell(`written: ${promote}, ${entries.length} entries to review; nothing is posted`);
  }
}

/** The figure of a chart that names none: the bottom line, or what changes first. */
const headline = ({ changes }: Simulation): string => changes.find(({ fact }) => fact.startsWith('is.loss@'))?.fact ?? changes[0]?.fact ?? '';

function changeOf({ changes, base }: Simulation, figure: string): Change {
  const found = changes.find(({ fact }) => fact === figure);
  if (found) return found;
  const names = changes.map(({ fact }) => fact);
  const id = figure.slice(0, figure.lastIndexOf('@'));
  return refuse('E705', base.concepts.has(id) ? `the scenario does not change ${figure}` : `no figure "${figure}"`, { help: suggestion(figure, names, 'tieout whatif … --all shows what it changes') });
}

function bridge(session: Session, simulation: Simulation, figure: string): number {
  const { io, globals } = session;
  const change = changeOf(simulation, figure);
  if (globals.json) io.print(JSON.stringify({ schema: 'tieout.whatif-bridge/1', id: figure, unit: change.unit, before: change.beforeText ?? null, after: change.afterText ?? null, contributions: simulation.contributions(change) }, undefined, 1));
  else io.print(forTerminal(bridgeText(simulation, change, { terminal: io.out }), io.out));
  return ExitCode.done;
}

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** One what-if for scripts: amounts are decimal strings in the unit beside them. */
export function whatIfJson({ book, revision }: Session, simulation: Simulation): unknown {
  const { scenario, applied, entries, changes, invariants, published, warnings, notes } = simulation;
  return {
    schema: 'tieout.whatif/1',
    book: book.id,
    revision,
    hypothetical: true,
    basis: 'reconstructed entries',
    scenario: { id: scenario.id, title: scenario.title, note: orNull(scenario.note), rules: { tax: 'hold', nci: 'hold', cash: 'non-cash', ...scenario.rules } },
    adjustments: applied.map(({ text, moved, adjustment }) => ({
      kind: adjustment.kind,
      text,
      driver: orNull(moved?.driver.id),
      unit: orNull(moved?.driver.unit),
      before: moved ? decimalOf(moved.before) : null,
      after: moved ? decimalOf(moved.after) : null,
      base: orNull(moved?.driver.base),
      illustrative: moved?.driver.illustrative ?? false,
    })),
    entries: entries.map(({ id, rule, event, date, description, postings, adjustment, follows, of }) => ({
      ...{ id, event, date, description, rule, adjustment, follows, of: orNull(of) },
      postings: postings.map(({ account, movement, minor, unit, dimensions }) => ({ account, movement, minor: formatMinor(minor), unit, dimensions })),
    })),
    changes: changes.map(({ fact, label, statement, unit, beforeText, afterText, change, percent, notDeterminable }) => ({
      ...{ id: fact, label, statement, unit, before: orNull(beforeText), after: orNull(afterText), change: orNull(change), percent: orNull(percent) },
      ...(notDeterminable === undefined ? {} : { notDeterminable }),
    })),
    contributions: changes.map((change) => ({ id: change.fact, by: simulation.contributions(change) })),
    invariants: { held: invariants.held, broken: invariants.broken.length },
    publishedTies: { agree: published.agreeing, differ: published.differing.length, differing: published.differing.map(({ figure }) => figure.id) },
    warnings,
    notes,
    patch: patchOf(changes),
  };
}

function changesCsv(changes: readonly Change[]): string {
  const head = ['id', 'statement', 'label', 'unit', 'before', 'after', 'change', 'percent'];
  const rows = changes.map(({ fact, statement, label, unit, beforeText = '', afterText = '', change = '', percent = '' }) => [fact, statement, label, unit, beforeText, afterText, change, percent]);
  return [head, ...rows].map(csvRecord).join('\n');
}

function list({ io, globals, book }: Session): number {
  const { scenarios } = book;
  if (globals.json) io.print(JSON.stringify(scenarios.map(({ id, title, note, adjustments, rules }) => ({ id, title, note: orNull(note), adjustments: adjustments.length, rules })), undefined, 1));
  else if (scenarios.length === 0) io.print(`The book ${book.id} has no scenarios. tieout whatif --set DRIVER=LEVEL -o FILE.yaml makes one.`);
  else {
    const width = Math.max(...scenarios.map(({ id }) => widthOf(id)));
    for (const { id, title } of scenarios) io.print(forTerminal(`${padEnd(id, width)}  ${title}`, io.out));
  }
  return ExitCode.done;
}

function drivers({ io, globals }: Session, asked: WhatIf): number {
  const all = levelsNow(asked);
  if (globals.json) {
    io.print(
      JSON.stringify(
        all.map(({ driver: { id, name, kind, unit, base, illustrative, range, note, period }, level }) => ({ id, name, kind, unit, period, level: level ? decimalOf(level) : null, base, illustrative: illustrative ?? false, range: orNull(range), note: orNull(note) })),
        undefined,
        1,
      ),
    );
    return ExitCode.done;
  }
  for (const { driver, level } of all) {
    const { id, name, unit, base, illustrative, range, note } = driver;
    io.print(forTerminal(`${paint(id, 'bold', io.out)}  ${name}`, io.out));
    const marks = [`base ${base}`, ...(illustrative ? ['illustrative'] : []), ...(range ? [`${range.from} to ${range.to}, outside: ${range.outside}`] : [])];
    io.print(forTerminal(`    now ${level ? levelText(level, driver) : 'n.d.'}${unit === '%' ? '' : ` ${unit}`} · ${marks.join(' · ')}`, io.out));
    if (note !== undefined) for (const line of wrap(note, io.out.width - 4)) io.print(forTerminal(`    ${line.trim()}`, io.out));
  }
  if (all.length === 0) io.print('This book declares no drivers: it has no drivers.yaml.');
  return ExitCode.done;
}

function printSought(session: Session, asked: WhatIf, goal: string, options: WhatIfOptions): number {
  const { io, globals } = session;
  const { by } = options;
  const [figure, value] = pairOf(goal, '--seek');
  if (by === undefined) return refuse('E602', '--seek needs --by DRIVER', { help: 'tieout whatif drivers lists them' });
  const { rules } = scenarioFromFlags(options.set);
  const sought = seek(asked, { figure, value, by, rules });
  const { unit = '' } = asked.base.driverBook.drivers.find(({ id }) => id === by) ?? {};
  write(session, sought.simulation, options);
  if (globals.json) {
    const { simulation: _, ...plain } = sought;
    io.print(JSON.stringify({ schema: 'tieout.whatif-seek/1', figure, value, by, unit, ...plain, whatif: whatIfJson(session, sought.simulation) }, undefined, 1));
    return ExitCode.done;
  }
  const exact = (decimal: string): string => formatAmount(decimal, { nil: '0', negatives: 'minus', ...(placesOf(decimal) > 8 ? { decimals: 8 } : {}) });
  io.print(forTerminal(`${by} = ${exact(sought.level)}${unit === '%' ? '%' : ` ${unit}`} gives ${figure} = ${exact(sought.reached)} (${sought.how}; ${sought.steps} worlds; residual ${exact(sought.residual)})\n`, io.out));
  printPlan(session, sought.simulation, options);
  return exitOf(sought.simulation, options);
}

function printTornado({ io, globals }: Session, asked: WhatIf, figure: string, { percent, set, out }: WhatIfOptions): number {
  const found = tornado(asked, figure, percent, scenarioFromFlags(set).rules);
  const { bars, left, unit } = found;
  if (out !== undefined) writeFileSync(resolve(io.cwd, out), tornadoChart(found));
  if (globals.json) {
    const plain = bars.map(({ driver, low, high }) => ({ driver: driver.id, base: driver.base, low, high }));
    io.print(JSON.stringify({ schema: 'tieout.whatif-tornado/1', figure, unit, percent, bars: plain, left }, undefined, 1));
    return ExitCode.done;
  }
  const decimals = unit === '%' || unit.endsWith('per share') ? 4 : 0;
  const amount = (text: string): string => formatAmount(text, { decimals, nil: '0' });
  const rows = bars.map(({ driver, low, high }) => ({ name: `${driver.id}${driver.base === 'assumed' ? ' [assumed base]' : ''}`, low: amount(low), high: amount(high), size: Math.abs(Number(high)) }));
  const name = Math.max(...rows.map((row) => widthOf(row.name)), 6);
  const cell = Math.max(...rows.flatMap((row) => [widthOf(row.low), widthOf(row.high)]), 6);
  const room = Math.max(4, Math.min(30, io.out.width - name - 2 * cell - 6));
  const most = Math.max(...rows.map(({ size }) => size), 1e-9);
  io.print(forTerminal(paint(`${padEnd(`${figure}, ${unit}`, name)}  ${padStart(`-${percent}%`, cell)}  ${padStart(`+${percent}%`, cell)}`, 'bold', io.out), io.out));
  for (const row of rows) io.print(forTerminal(`${padEnd(row.name, name)}  ${padStart(row.low, cell)}  ${padStart(row.high, cell)}  ${io.out.ascii ? '#'.repeat(Math.round((room * row.size) / most)) : '█'.repeat(Math.round((room * row.size) / most))}`.trimEnd(), io.out));
  io.print('Each driver alone; this says nothing about drivers that move together.');
  if (left.length > 0) io.tell(`left out: ${left.map(({ driver, why }) => `${driver} (${why})`).join(', ')}`);
  return ExitCode.done;
}

function printTable({ io, globals }: Session, asked: WhatIf, figure: string, { over, set }: WhatIfOptions): number {
  const axes = over.map((text): Axis => {
    const [driver, levels] = pairOf(text, '--over');
    return { driver, levels: levels.split(',').map((level) => level.trim()) };
  });
  const [rows, columns] = axes;
  if (!rows || !columns || axes.length > 2) return refuse('E602', '--table needs two --over DRIVER=LEVEL,LEVEL…', { help: 'like --over impairment=-10%,+10% --over rmb-hkd=0,1,2' });
  const cells = twoWay(asked, figure, { rows, columns, rules: scenarioFromFlags(set).rules });
  const { unit = '', decimals = 0 } = asked.facts.shown.find(({ fact }) => fact === figure) ?? {};
  if (globals.json) {
    io.print(JSON.stringify({ schema: 'tieout.whatif-table/1', figure, unit, rows, columns, values: cells.map((row) => row.map(orNull)) }, undefined, 1));
    return ExitCode.done;
  }
  const texts = cells.map((row) => row.map((cell) => shown(cell, { decimals, unit })));
  const head = Math.max(widthOf(rows.driver), ...rows.levels.map(widthOf));
  const width = Math.max(...texts.flat().map(widthOf), ...columns.levels.map(widthOf));
  const line = (name: string, row: readonly string[]): string => forTerminal(`${padEnd(name, head)}  ${row.map((cell) => padStart(cell, width)).join('  ')}`, io.out);
  io.print(forTerminal(`${figure}, ${unit}: ${rows.driver} down, ${columns.driver} across`, io.out));
  io.print(paint(line('', columns.levels), 'bold', io.out));
  rows.levels.forEach((level, index) => io.print(line(level, texts[index] ?? [])));
  return ExitCode.done;
}

/** Scenarios side by side: every figure that any of them changes. */
function compare(session: Session, simulations: readonly Simulation[], options: WhatIfOptions): number {
  const { io, globals, book } = session;
  if (globals.json) {
    io.print(JSON.stringify({ schema: 'tieout.whatif-compare/1', scenarios: simulations.map((each) => whatIfJson(session, each)) }, undefined, 1));
    return ExitCode.done;
  }
  const primary = new Set(book.layouts.filter(({ command }) => command !== undefined).map(({ id }) => id));
  const facts = new Map(simulations.flatMap(({ changes }) => changes.map((change): [string, Change] => [change.fact, change])));
  const order = simulations[0]?.base.layouts.length === 0 ? [] : [...facts.values()];
  const rows = order.filter(({ statement }) => options.all || primary.has(statement)).map((change) => ({
    label: change.label,
    cells: [shown(change.beforeText, change), ...simulations.map(({ changes }) => {
      const own = changes.find(({ fact }) => fact === change.fact);
      return own ? shown(own.afterText, own) : shown(change.beforeText, change);
    })],
  }));
  const head = ['reported', ...simulations.map(({ scenario }) => scenario.id)];
  if (globals.csv) {
    io.print([['label', ...head], ...rows.map(({ label, cells }) => [label, ...cells])].map(csvRecord).join('\n'));
    return ExitCode.done;
  }
  const widths = head.map((title, index) => Math.max(widthOf(title), ...rows.map(({ cells }) => widthOf(cells[index] ?? ''))));
  const label = Math.max(24, io.out.width - widths.reduce((sum, width) => sum + width + 2, 0));
  const line = (name: string, cells: readonly string[]): string =>
    forTerminal(`${padEnd(widthOf(name) > label ? `${name.slice(0, label - 1)}…` : name, label)}${cells.map((cell, index) => `  ${padStart(cell, widths[index] ?? 0)}`).join('')}`.trimEnd(), io.out);
  io.print(paint(line('', head), 'bold', io.out));
  for (const row of rows) io.print(line(row.label, row.cells));
  return ExitCode.done;
}

function resting(session: Session, asked: WhatIf, fact: string): number {
  const { io, globals } = session;
  const found = restingOn(fact, asked.base);
  if (!found) return refuse('E601', `"${fact}" is no sum of postings`, { help: 'figures are like is.loss@2022H1: tieout figures lists them' });
  const amounts = (parts: Readonly<Record<string, number | bigint>>): Record<string, string> => Object.fromEntries(Object.entries(parts).map(([name, minor]) => [name, formatMinor(minor)]));
  if (globals.json) {
    io.print(JSON.stringify({ schema: 'tieout.whatif-resting/1', figure: fact, unit: `${session.book.chart.currency} minor units`, amount: amounts(found.amount), allocation: amounts(found.allocation), entries: found.entries }, undefined, 1));
    return ExitCode.done;
  }
  const line = (what: string, parts: Readonly<Record<string, number | bigint>>): string => `  ${padEnd(what, 12)}${Object.entries(parts).map(([name, minor]) => `${name} ${amountText(minor, session)}`).join(' · ')}`;
  io.print(forTerminal([`${fact}, ${session.book.amountUnit.text}, by what its entries rest on (debit positive or as shown):`, line('amounts', found.amount), line('allocations', found.allocation), ...wrap(`  entries that assume something: ${found.entries.join(', ') || 'none'}`, io.out.width)].join('\n'), io.out));
  return ExitCode.done;
}
