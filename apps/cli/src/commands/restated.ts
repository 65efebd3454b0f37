/**
 * `restated`: closed periods as they were published beside as they are restated, line by line, with the entries between.
 *
 *     tieout restated                    every period that was closed
 *     tieout restated 2022H1 --since 210 a period that was never closed, as it was known before a position
 *
 * What the log cannot say is whether an entry corrects an error (IAS 8.42: comparatives restated) or is a change in an
 * estimate (IAS 8.36: prospectively); people do, in the reason of a reopening.
 */
import { suggestion } from '@tieout/answers';
import { ExitCode, refuse } from '@tieout/events';
import { inFull } from '../broken';
import { movesText } from '../print/moves';
import { forTerminal, padStart, paint, wrap } from '../print/text';
import { firstCloses, restate, type Published, type Restated } from '../restated';
import type { Session } from '../session';

const STANDARD =
  'IAS 8.42: comparative amounts restated for errors of that period; IAS 8.49(b): the correction of each line';

export interface RestatedOptions {
  readonly since?: string;
}

/** What is asked for, with its position. Refuses (E601, E602). */
async function asked(
  session: Session,
  id: string | undefined,
  since: string | undefined,
): Promise<Published[]> {
  const { book, globals, revision } = session;
  if (globals.at !== undefined)
    refuse('E602', '--at cuts a period short; what was published is a whole one', { help: 'leave --at out' });
  const closes = await firstCloses(session);
  if (id === undefined) {
    if (since !== undefined)
      refuse('E602', '--since is of one period', { help: 'tieout restated PERIOD --since POSITION' });
    return [...closes];
  }
  const { periods } = book.chart;
  const period = periods.find((each) => each.id === id);
  if (!period) {
    const ids = periods.map((each) => each.id);
    return refuse('E601', `the book has no period "${id}"`, {
      help: suggestion(id, ids, `it has ${ids.join(', ')}`),
    });
  }
  if (since !== undefined) {
    const knownAt = /^\d{1,15}$/.test(since) ? Number(since) : NaN;
    if (!(knownAt <= revision))
      refuse('E602', `--since takes a position of the log, at most ${revision}, not "${since}"`);
    return [{ period, knownAt }];
  }
  const close = closes.find((each) => each.period.id === id);
  return close
    ? [close]
    : refuse('E602', `period ${id} was never closed: what was published of it is not recorded`, {
        help: `tieout restated ${id} --since POSITION, with the log position that was published`,
      });
}

function restatedJson({ period, knownAt, close, figures, entries }: Restated): unknown {
  const { position, recordedAt, actor } = close ?? {};
  const closed = close ? { closed: { position, recordedAt, actor } } : {};
  return { period: period.id, label: period.label, published: { knownAt, ...closed }, figures, entries };
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
  const { io, globals, book, revision } = session;
  const restated = await restate(session, await asked(session, id ?? globals.period, since));
  if (globals.json) {
    const head = { schema: 'tieout.restated/1', book: book.id, basis: session.basis, revision };
    const periods = restated.map(restatedJson);
    io.print(JSON.stringify({ ...head, standard: STANDARD, periods }, undefined, 2));
    return ExitCode.done;
  }
  if (restated.length === 0) io.print('No period was closed, so nothing is recorded as published.');
  for (const each of restated) printOne(session, each);
  if (restated.some(({ figures }) => figures.length > 0))
    for (const line of wrap(STANDARD, io.out.width)) io.print(forTerminal(line, io.out));
  return ExitCode.done;
}
