/**
 * What there is to ask: `whatif list` and `whatif drivers`.
 */
import { driversDocument, scenariosDocument } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import { levelsNow, levelText, type WhatIf } from '@tieout/what-if';
import { forTerminal, padEnd, paint, widthOf, wrap } from '../print/text';
import type { Session } from '../session';

export function runList({ io, globals, book }: Session): number {
  const { scenarios } = book;
  if (globals.json) io.print(JSON.stringify(scenariosDocument({ book }), undefined, 1));
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
    io.print(JSON.stringify(driversDocument(asked), undefined, 1));
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
  const { entities } = asked.base.driverBook.consequences;
  if (entities.length > 0) io.print('\nEntities that others have a share in, for the rule nci=entity:');
  for (const { id, name, nci, base, note } of entities) {
    io.print(forTerminal(`${paint(id, 'bold', io.out)}  ${name}`, io.out));
    io.print(forTerminal(`    others hold ${nci} · base ${base}`, io.out));
    if (note !== undefined)
      for (const line of wrap(note, io.out.width - 4)) io.print(forTerminal(`    ${line.trim()}`, io.out));
  }
  if (all.length === 0) io.print('This book declares no drivers: it has no drivers.yaml.');
  return ExitCode.done;
}
