/**
 * What there is to ask: `whatif list`, `whatif drivers`, and on what a figure rests.
 */
import { ExitCode, refuse } from '@tieout/events';
import { formatMinor } from '@tieout/money';
import { decimalOf, levelsNow, levelText, restingOn, type WhatIf } from '@tieout/what-if';
import { forTerminal, padEnd, paint, widthOf, wrap } from '../print/text';
import { orNull } from '../print/what-if-json';
import type { Session } from '../session';
import { amountText } from './journal';

export function runList({ io, globals, book }: Session): number {
  const { scenarios } = book;
  if (globals.json)
    io.print(
      JSON.stringify(
        scenarios.map(({ id, title, note, adjustments, rules }) => ({
          id,
          title,
          note: orNull(note),
          adjustments: adjustments.length,
          rules,
        })),
        undefined,
        1,
      ),
    );
  else if (scenarios.length === 0)
    io.print(
      `The book ${book.id} has no scenarios. tieout whatif --set DRIVER=LEVEL -o FILE.yaml makes one.`,
    );
  else {
    const width = Math.max(...scenarios.map(({ id }) => widthOf(id)));
    for (const { id, title } of scenarios) io.print(forTerminal(`${padEnd(id, width)}  ${title}`, io.out));
  }
  return ExitCode.done;
}

export function runDrivers({ io, globals }: Session, asked: WhatIf): number {
  const all = levelsNow(asked);
  if (globals.json) {
    io.print(
      JSON.stringify(
        all.map(({ driver: { id, name, kind, unit, base, illustrative, range, note, period }, level }) => ({
          id,
          name,
          kind,
          unit,
          period,
          level: level ? decimalOf(level) : null,
          base,
          illustrative: illustrative ?? false,
          range: orNull(range),
          note: orNull(note),
        })),
        undefined,
        1,
      ),
    );
    return ExitCode.done;
  }
  for (const { driver, level } of all) {
    const { id, name, unit, base, illustrative, range, note } = driver;
    io.print(forTerminal(`${paint(id, 'bold', io.out)}  ${name}`, io.out));
    const marks = [
      `base ${base}`,
      ...(illustrative ? ['illustrative'] : []),
      ...(range ? [`${range.from} to ${range.to}, outside: ${range.outside}`] : []),
    ];
    io.print(
      forTerminal(
        `    now ${level ? levelText(level, driver) : 'n.d.'}${unit === '%' ? '' : ` ${unit}`} · ${marks.join(' · ')}`,
        io.out,
      ),
    );
    if (note !== undefined)
      for (const line of wrap(note, io.out.width - 4)) io.print(forTerminal(`    ${line.trim()}`, io.out));
  }
  if (all.length === 0) io.print('This book declares no drivers: it has no drivers.yaml.');
  return ExitCode.done;
}

export function runResting(session: Session, asked: WhatIf, fact: string): number {
  const { io, globals } = session;
  const found = restingOn(fact, asked.base);
  if (!found)
    return refuse('E601', `"${fact}" is no sum of postings`, {
      help: 'figures are like is.loss@2022H1: tieout figures lists them',
    });
  const amounts = (parts: Readonly<Record<string, number | bigint>>): Record<string, string> =>
    Object.fromEntries(Object.entries(parts).map(([name, minor]) => [name, formatMinor(minor)]));
  if (globals.json) {
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.whatif-resting/1',
          figure: fact,
          unit: `${session.book.chart.currency} minor units`,
          amount: amounts(found.amount),
          allocation: amounts(found.allocation),
          entries: found.entries,
        },
        undefined,
        1,
      ),
    );
    return ExitCode.done;
  }
  const line = (what: string, parts: Readonly<Record<string, number | bigint>>): string =>
    `  ${padEnd(what, 12)}${Object.entries(parts)
      .map(([name, minor]) => `${name} ${amountText(minor, session)}`)
      .join(' · ')}`;
  io.print(
    forTerminal(
      [
        `${fact}, ${session.book.amountUnit.text}, by what its entries rest on (debit positive or as shown):`,
        line('amounts', found.amount),
        line('allocations', found.allocation),
        ...wrap(`  entries that assume something: ${found.entries.join(', ') || 'none'}`, io.out.width),
      ].join('\n'),
      io.out,
    ),
  );
  return ExitCode.done;
}
