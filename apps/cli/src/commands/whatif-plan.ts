/**
 * One what-if as it is shown: the plan for the eye, JSON and CSV for scripts, and the bridge of one figure.
 */
import { changedFigure, whatIfBridgeDocument, whatIfDocument } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import type { Change, Simulation } from '@tieout/what-if';
import { bridgeText, planText } from '../print/plan';
import { csvRecord, forTerminal } from '../print/text';
import type { Session } from '../session';
import { amountText } from './journal';
import type { WhatIfOptions } from './whatif';

/** With --exit-code, 1 says that the scenario changes a figure. */
export const exitOf = ({ changes }: Simulation, { exitCode }: WhatIfOptions): number =>
  exitCode && changes.length > 0 ? ExitCode.findings : ExitCode.done;

export function printSimulation(session: Session, simulation: Simulation, options: WhatIfOptions): void {
  const { io, globals } = session;
  if (globals.json) io.print(JSON.stringify(whatIfDocument(session, simulation), undefined, 1));
  else if (globals.csv) io.print(changesCsv(simulation.changes));
  else printPlan(session, simulation, options);
}

export function printPlan(session: Session, simulation: Simulation, { all }: WhatIfOptions): void {
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

/** What each adjustment does to one figure. */
export function printBridge(session: Session, simulation: Simulation, figure: string): number {
  const { io, globals } = session;
  const change = changedFigure(simulation, figure);
  if (globals.json) io.print(JSON.stringify(whatIfBridgeDocument(simulation, figure), undefined, 1));
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
