/**
 * `whatif --seek FIGURE=VALUE --by DRIVER` and `--break-even`: at which level of a driver a figure is what one asks, and the
 * what-if at that level.
 */
import { atFlags, flag, pairOf, scenarioFromFlags, unitOfDriver, whatIfSeekDocument } from '@tieout/answers';
import { ExitCode, refuse } from '@tieout/events';
import { compareDecimals, formatAmount, placesOf, roundDecimal } from '@tieout/money';
import { seek, type WhatIf } from '@tieout/what-if';
import { forTerminal } from '../print/text';
import type { Session } from '../session';
import type { WhatIfOptions } from './whatif';
import { writeFiles } from './whatif-files';
import { exitOf, printPlan } from './whatif-plan';

const isNilDecimal = (decimal: string): boolean => compareDecimals(decimal, '0') === 0;

export function runSeek(session: Session, asked: WhatIf, goal: string, options: WhatIfOptions): number {
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
  const unit = unitOfDriver(asked, by);
  writeFiles(session, asked, sought.simulation, options);
  if (globals.json) {
    const goalAsked = { figure, value, by };
    io.print(JSON.stringify(whatIfSeekDocument(session, asked, goalAsked, sought), undefined, 1));
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
