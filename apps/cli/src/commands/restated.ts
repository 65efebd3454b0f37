/**
 * `restated`: closed periods as they were published beside as they are restated, line by line, with the entries between.
 *
 *     tieout restated                    every period that was closed
 *     tieout restated 2022H1 --since 210 a period that was never closed, as it was known before a position
 *
 * What the log cannot say is whether an entry corrects an error (IAS 8.42: comparatives restated) or is a change in an
 * estimate (IAS 8.36: prospectively); people do, in the reason of a reopening.
 */
import { restatedDocument, restatements, restatementStandard, type Restated } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import { inFull } from '../broken';
import { movesText } from '../print/moves';
import { forTerminal, padStart, paint, wrap } from '../print/text';
import type { Session } from '../session';

export interface RestatedOptions {
  readonly since?: string;
}

function printOne(session: Session, restated: Restated): void {
  const { io, revision } = session;
  const { period, knownAt, close, figures, entries } = restated;
  const say = (text: string): void => io.print(forTerminal(text, io.out));
  say(paint(`${period.id} · ${period.label}`, 'bold', io.out));
  const when = close ? `closed by ${close.actor} on ${close.recordedAt.slice(0, 10)}, ` : '';
  say(`As published: ${when}known at ${knownAt}. As restated: known at ${revision}.`);
  if (figures.length === 0) return say('Nothing is restated.\n');
  for (const { id, date, description, position, recordedAt, actor, reopening } of entries) {
    say(`${id}  ${date}  ${description}: posted at ${position} by ${actor} on ${recordedAt.slice(0, 10)}`);
    const why = reopening && `reopened at ${reopening.position} by ${reopening.actor}: ${reopening.reason}`;
    if (why !== undefined) say(`    ${why}`);
  }
  say('');
  say(movesText(figures, io.out, ['Published', 'Restated'], (index) => bridgeLines(restated, index)));
  say('');
}

/** One entry is every change; of several, each line says what they add. */
function bridgeLines({ figures, entries }: Restated, index: number): readonly string[] {
  const { bridge } = figures[index] ?? {};
  if (!bridge) return ['  no sum of postings: it follows from the lines that moved'];
  if (entries.length < 2) return [];
  return bridge.map(({ entry, amount }) => `  ${padStart(inFull(amount), 16)}  ${entry}`);
}

export async function runRestated(
  session: Session,
  id: string | undefined,
  { since }: RestatedOptions,
): Promise<number> {
  const { io, globals } = session;
  const about = { period: id ?? globals.period, since };
  if (globals.json) {
    io.print(JSON.stringify(await restatedDocument(session, about), undefined, 2));
    return ExitCode.done;
  }
  const restated = await restatements(session, about);
  if (restated.length === 0) io.print('No period was closed, so nothing is recorded as published.');
  for (const each of restated) printOne(session, each);
  if (restated.some(({ figures }) => figures.length > 0))
    for (const line of wrap(restatementStandard, io.out.width)) io.print(forTerminal(line, io.out));
  return ExitCode.done;
}
