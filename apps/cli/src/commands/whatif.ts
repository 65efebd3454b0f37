/**
 * `whatif`: what the statements would be. Scenarios and drivers over the same replay, checked again; nothing is written to
 * the log, whatever is asked.
 *
 *     tieout whatif impairment-up-20
 *     tieout whatif --set impairment=+20% --set tax=15% -o mine.yaml
 *     tieout whatif --seek is.loss@2022H1=-3000000 --by ecl.rate.1-2y
 */
import { askedOf, scenariosAsked } from '@tieout/answers';
import { refuse } from '@tieout/events';
import { orderMatters, stack, type Scenario, type WhatIf } from '@tieout/what-if';
import type { Command } from 'commander';
import { forTerminal } from '../print/text';
import type { Session } from '../session';
import { scenarioOf } from '../scenarios';
import { runSud } from './sud';
import { writeFiles } from './whatif-files';
import { runDrivers, runList } from './whatif-lists';
import { exitOf, printBridge, printSimulation } from './whatif-plan';
import { runResting } from './whatif-resting';
import { runSeek } from './whatif-seek';
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
      'a driver at a level: +20%, x1.5, 650620; or a rule: tax=15%, nci=1.5% or nci=entity, cash=settled',
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
  if (goal !== undefined) return runSeek(session, asked, goal, options);
  const named = words.map((word) => scenarioOf(session, word));
  const scenarios = scenariosAsked(session, { scenarios: named, set: options.set });
  if (options.compare && (options.out ?? options.promote) !== undefined)
    return refuse('E602', '--compare shows scenarios side by side, and a file holds one', {
      help: 'ask for the file without --compare',
    });
  if (options.compare)
    return runCompare(
      session,
      scenarios.map((scenario) => asked.simulate(scenario)),
      options,
    );
  const simulation = stack(asked, scenarios);
  writeFiles(session, asked, simulation, options);
  if (options.bridge !== undefined) return printBridge(session, simulation, options.bridge);
  printSimulation(session, simulation, options);
  const { json, csv } = session.globals;
  if (scenarios.length > 1 && !json && !csv) tellOrder(session, asked, scenarios);
  return exitOf(simulation, options);
}

function tellOrder(session: Session, asked: WhatIf, scenarios: readonly Scenario[]): void {
  const differing = orderMatters(asked, scenarios);
  const text =
    differing.length === 0
      ? 'Order: stacked the other way round, every figure is the same.'
      : `Order matters: stacked the other way round, ${differing.length} figures differ, ${differing[0]} first.`;
  session.io.print(forTerminal(text, session.io.out));
}
