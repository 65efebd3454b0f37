/**
 * `whatif`: what the statements would be. Scenarios and drivers over the same replay, checked again; nothing is written to
 * the log, whatever is asked.
 *
 *     tieout whatif impairment-up-20
 *     tieout whatif --set impairment=+20% --set tax=15% -o mine.yaml
 *     tieout whatif --seek is.loss@2022H1=-3000000 --by ecl.rate.1-2y
 */
import { ExitCode, refuse } from '@tieout/events';
import { compareDecimals, formatAmount, placesOf, roundDecimal } from '@tieout/money';
import {
  orderMatters,
  seek,
  stack,
  type Change,
  type Scenario,
  type Simulation,
  type WhatIf,
} from '@tieout/what-if';
import type { Command } from 'commander';
import { bridgeText, planText } from '../print/plan';
import { csvRecord, forTerminal } from '../print/text';
import { whatIfJson } from '../print/what-if-json';
import type { Session } from '../session';
import { askedOf, atFlags, flag, pairOf, scenarioFromFlags, scenarioOf, unsaved } from '../what-if';
import { amountText } from './journal';
import { runSud } from './sud';
import { changeOf, writeFiles } from './whatif-files';
import { runDrivers, runList } from './whatif-lists';
import { runResting } from './whatif-resting';
import { runCompare, runTable, runTornado } from './whatif-sensitivity';

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
    .option(
      '--set <driver=level>',
      'a driver at a level: +20%, x1.5, 650620; or a rule: tax=15%, nci=1.5%, cash=settled',
      several,
      [],
    )
    .option('--seek <figure=value>', 'the level of a driver at which a figure is this')
    .option('--by <driver>', 'the driver to seek by')
    .option('--break-even <figure>', 'the level at which a figure is nil')
    .option('--tornado <figure>', 'what each driver alone does to a figure')
    .option('--percent <number>', 'by how much drivers are moved in a tornado', '10')
    .option('--table <figure>', 'a figure over the levels of two drivers')
    .option('--over <driver=levels>', 'a driver and its levels: impairment=-10%,0%,+10%', several, [])
    .option('--bridge <figure>', 'what each adjustment does to a figure')
    .option(
      '--resting <figure>',
      'how much of a figure rests on assumptions, and what range the document leaves it',
    )
    .option('--compare', 'scenarios side by side (otherwise they are stacked in their order)')
    .option('--all', 'notes and discussion, too, and every entry')
    .option('--exit-code', 'exit 1 where the scenario changes a figure')
    .option('-o, --out <file>', 'save: FILE.yaml the scenario, FILE.svg a chart')
    .option(
      '--promote <file>',
      'write the synthetic entries as a file for tieout post: to review, nothing is posted',
    )
    .option('--materiality <amount>', 'sud: what is material')
    .option('--trivial <amount>', 'sud: what is clearly trivial');
}

export async function runWhatIf(
  session: Session,
  words: readonly string[],
  options: WhatIfOptions,
): Promise<number> {
  const [first, ...rest] = words;
  if (first === 'list') return runList(session);
  const asked = await askedOf(session);
  if (first === 'drivers') return runDrivers(session, asked);
  if (first === 'sud') return runSud(session, asked, rest, options);
  if (options.resting !== undefined) return runResting(session, asked, options.resting);
  if (options.tornado !== undefined) return runTornado(session, asked, options.tornado, options);
  if (options.table !== undefined) return runTable(session, asked, options.table, options);
  const goal = options.breakEven === undefined ? options.seek : `${options.breakEven}=0`;
  if (goal !== undefined) return printSought(session, asked, goal, options);
  const scenarios = scenariosOf(session, words, options);
  if (options.compare)
    return runCompare(
      session,
      scenarios.map((scenario) => asked.simulate(scenario)),
      options,
    );
  const simulation = stack(asked, scenarios);
  writeFiles(session, asked, simulation, options);
  if (options.bridge !== undefined) return bridge(session, simulation, options.bridge);
  if (session.globals.json) session.io.print(JSON.stringify(whatIfJson(session, simulation), undefined, 1));
  else if (session.globals.csv) session.io.print(changesCsv(simulation.changes));
  else {
    printPlan(session, simulation, options);
    if (scenarios.length > 1) tellOrder(session, asked, scenarios);
  }
  return exitOf(simulation, options);
}

const exitOf = ({ changes }: Simulation, { exitCode }: WhatIfOptions): number =>
  exitCode && changes.length > 0 ? ExitCode.findings : ExitCode.done;

/** The scenarios that are named, and the levels that are set, as one more after them. */
function scenariosOf(
  session: Session,
  words: readonly string[],
  { set }: WhatIfOptions,
): readonly Scenario[] {
  const flags = scenarioFromFlags(set);
  const named = words.map((word) => scenarioOf(session, word));
  if (named.length === 0 && flags.adjustments.length === 0) {
    return refuse('E602', 'whatif needs a scenario, or levels to set', {
      help: 'tieout whatif list, tieout whatif drivers, tieout whatif --set impairment=+20%',
    });
  }
  // Rules alone are for the scenarios that are named.
  const ruled = named.map((scenario) => ({
    ...scenario,
    ...(flags.rulesAt ? { rulesAt: flags.rulesAt } : {}),
    rules: { ...scenario.rules, ...flags.rules },
  }));
  return flags.adjustments.length === 0 ? ruled : [...ruled, unsaved(flags)];
}

function printPlan(session: Session, simulation: Simulation, { all }: WhatIfOptions): void {
  const { io, book } = session;
  const text = planText(simulation, {
    terminal: io.out,
    layouts: book.layouts,
    amount: (minor) => amountText(minor, session),
    all: all ?? false,
    amounts: book.amountUnit.text,
  });
  io.print(forTerminal(text, io.out));
}

function tellOrder(session: Session, asked: WhatIf, scenarios: readonly Scenario[]): void {
  const differing = orderMatters(asked, scenarios);
  const text =
    differing.length === 0
      ? 'Order: stacked the other way round, every figure is the same.'
      : `Order matters: stacked the other way round, ${differing.length} figures differ, ${differing[0]} first.`;
  session.io.print(forTerminal(text, session.io.out));
}

function bridge(session: Session, simulation: Simulation, figure: string): number {
  const { io, globals } = session;
  const change = changeOf(simulation, figure);
  if (globals.json)
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.whatif-bridge/1',
          id: figure,
          unit: change.unit,
          before: change.beforeText ?? null,
          after: change.afterText ?? null,
          contributions: simulation.contributions(change),
        },
        undefined,
        1,
      ),
    );
  else io.print(forTerminal(bridgeText(simulation, change, { terminal: io.out }), io.out));
  return ExitCode.done;
}

function changesCsv(changes: readonly Change[]): string {
  const head = ['id', 'statement', 'label', 'unit', 'before', 'after', 'change', 'percent'];
  const rows = changes.map(
    ({ fact, statement, label, unit, beforeText = '', afterText = '', change = '', percent = '' }) => [
      fact,
      statement,
      label,
      unit,
      beforeText,
      afterText,
      change,
      percent,
    ],
  );
  return [head, ...rows].map(csvRecord).join('\n');
}

const isNilDecimal = (decimal: string): boolean => compareDecimals(decimal, '0') === 0;

function printSought(session: Session, asked: WhatIf, goal: string, options: WhatIfOptions): number {
  const { io, globals } = session;
  const { by, breakEven } = options;
  const [figure, value] = pairOf(goal, '--seek');
  const asks = breakEven === undefined ? flag('--seek', goal) : flag('--break-even', breakEven);
  if (by === undefined)
    return refuse('E602', `${breakEven === undefined ? '--seek' : '--break-even'} needs --by DRIVER`, {
      at: asks,
      help: 'tieout whatif drivers lists them',
    });
  const { rules, rulesAt } = scenarioFromFlags(options.set);
  const flags = [asks, flag('--by', by), ...(rulesAt ? [rulesAt] : [])];
  const sought = atFlags(flags, () => seek(asked, { figure, value, by, rules }));
  const { unit = '' } = asked.base.driverBook.drivers.find(({ id }) => id === by) ?? {};
  writeFiles(session, asked, sought.simulation, options);
  if (globals.json) {
    const { simulation: _, ...plain } = sought;
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.whatif-seek/1',
          figure,
          value,
          by,
          unit,
          ...plain,
          whatif: whatIfJson(session, sought.simulation),
        },
        undefined,
        1,
      ),
    );
    return ExitCode.done;
  }
  const exact = (decimal: string): string => {
    const shown = placesOf(decimal) > 8 ? roundDecimal(decimal, 8) : decimal;
    if (isNilDecimal(shown) && !isNilDecimal(decimal)) return 'under 0.00000001';
    return formatAmount(shown, { nil: '0', negatives: 'minus' });
  };
  io.print(
    forTerminal(
      `${by} = ${exact(sought.level)}${unit === '%' ? '%' : ` ${unit}`} gives ${figure} = ${exact(sought.reached)} (${sought.how}; ${sought.steps} worlds; residual after rounding to minor units ${exact(sought.residual)})\n`,
      io.out,
    ),
  );
  printPlan(session, sought.simulation, options);
  return exitOf(sought.simulation, options);
}
