/**
 * `fold`: a share of the log as a part, and parts added.
 *
 *     tieout fold --until 10000 -o a.json          on one machine
 *     tieout fold --from 10000 -o b.json           on another
 *     tieout fold merge a.json b.json              the trial balance of the whole log, or what is missing
 *
 * A part is made of the log and the book's chart alone, so parts are folded anywhere at the same time. Adding them opens
 * no store, unless the sum is to be held against the log's own replay.
 */
import { knownAtOf } from '@tieout/answers';
import { canonical, ExitCode, refuse } from '@tieout/events';
import { headOf } from '@tieout/event-log';
import { cubeToJson } from '@tieout/cube';
import { formatMinor } from '@tieout/money';
import {
  basisAt,
  BOOK_STRUCTURE,
  foldPart,
  mergeParts,
  missingFrom,
  totalsOf,
  TrialBalance,
  type BookStructure,
  type FoldedPart,
  type Share,
} from '@tieout/projections';
import { progressOn, type Io } from '../io';
import { readPart, writePart } from '../part-file';
import { forTerminal } from '../print/text';
import type { Globals, Session } from '../session';

export interface FoldOptions {
  readonly from?: string;
  readonly until?: string;
  readonly stream?: readonly string[];
  readonly out?: string;
}

function shareOf({ from, until, stream }: FoldOptions, knownAt: number): Share {
  if (stream) {
    if (from !== undefined || until !== undefined)
      refuse('E602', 'a share is a range (--from, --until) or streams (--stream), not both');
    return { streams: stream };
  }
  const position = (text: string | undefined, option: string, otherwise: number): number => {
    const given = text === undefined ? otherwise : Number(text);
    if (text !== undefined && (!/^\d+$/.test(text) || given > knownAt))
      refuse('E602', `${option} takes a position up to ${knownAt}, where the log ends; not "${text}"`);
    return given;
  };
  const range = { from: position(from, '--from', 0), until: position(until, '--until', knownAt) };
  if (range.from >= range.until)
    refuse('E602', `no position is from ${range.from} on and before ${range.until}`);
  return range;
}

const count = (number: number): string => number.toLocaleString('en');
const plural = (number: number, what: string): string => `${count(number)} ${what}${number === 1 ? '' : 's'}`;
const span = ({ from, until }: { readonly from: number; readonly until: number }): string =>
  until === from + 1 ? count(from) : `${count(from)} to ${count(until - 1)}`;

const coveredBy = (part: FoldedPart): number =>
  missingFrom(part).reduce((left, { from, until }) => left - (until - from), part.log.length);

/** How much is in a part, in words. */
function sizeOf({ cube }: FoldedPart): string {
  const cells = cubeToJson(cube).cells;
  const postings = cells.reduce((sum, cell) => sum + cell.count, 0);
  return `${plural(postings, 'posting')} in ${plural(cells.length, 'cell')}`;
}

/** What no sum of postings judges, in words; nothing where there is nothing. */
function unjudgedText({ unjudged }: FoldedPart): readonly string[] {
  const names = Object.entries(unjudged).map(([name, number]) => `${count(number)} ${name}`);
  return names.length === 0 ? [] : [`not judged by sums, verify judges them: ${names.join(', ')}`];
}

export async function runFold(session: Session, options: FoldOptions): Promise<number> {
  const { io, globals, log, projections, book } = session;
  const length = await log.length();
  const knownAt = knownAtOf(globals, length) ?? length;
  const share = shareOf(options, knownAt);
  const progress = progressOn(io, 'Folding', globals.quiet ?? false);
  const total = 'streams' in share ? knownAt : share.until - share.from;
  const part = await foldPart(log, projections.get<BookStructure>(BOOK_STRUCTURE), share, {
    book: book.id,
    knownAt,
    at: globals.at,
    onNotice: (text) => io.tell(text),
    onProgress: (done) => progress.step(done, total),
  });
  progress.done();
  writePart(io, options.out ?? '-', part);
  io.tell(`${count(coveredBy(part))} of ${plural(part.log.length, 'event')} folded: ${sizeOf(part)}`);
  for (const line of unjudgedText(part)) io.tell(line);
  return ExitCode.done;
}

/** Is the sum, byte for byte, what the projections of the log make of it? Refuses (E406) a log of another history. */
async function equalsReplay(session: Session, part: FoldedPart): Promise<boolean> {
  const { log, replay, projections, globals, book } = session;
  const { basis } = basisAt(projections.get<BookStructure>(BOOK_STRUCTURE), globals.at);
  const length = await log.length();
  const head = part.log.length > length ? undefined : (await headOf(log, part.log.length)).head;
  const wrong =
    part.book !== book.id
      ? `of the book ${part.book}, not of ${book.id}`
      : head !== part.log.head
        ? `not of the log ${log.url}, which has another head at ${part.log.length} events`
        : part.basis !== basis
          ? 'of another chart, layouts or days than the book here'
          : undefined;
  if (wrong !== undefined)
    refuse('E406', `the parts are ${wrong}`, { help: 'name the book, store and --at they were folded with' });
  const trialBalance = projections.get(TrialBalance);
  await replay.run({
    from: 'pages',
    knownAt: part.log.length,
    only: [projections.get(TrialBalance)],
    ...(globals.at === undefined ? {} : { at: globals.at }),
    onNotice: (text) => session.io.tell(text),
  });
  return canonical(trialBalance.toJson(replay.stateOf(trialBalance))) === canonical(cubeToJson(part.cube));
}

/** Adds parts; `session` where the sum is to be held against the replay of its log. */
export async function runFoldMerge(
  { io, globals }: { readonly io: Io; readonly globals: Globals },
  files: readonly string[],
  { out, from, until, stream }: FoldOptions,
  session?: Session,
): Promise<number> {
  if (from !== undefined || until !== undefined || stream)
    refuse('E602', 'fold merge adds whole parts: --from, --until and --stream are of fold');
  const [first, ...others] = files.map((file) => readPart(io, file));
  if (!first) return refuse('E602', 'fold merge adds the files of parts: name one at least');
  const whole = mergeParts([first, ...others]);
  const missing = missingFrom(whole);
  const covered = coveredBy(whole);
  const equal = session && missing.length === 0 ? await equalsReplay(session, whole) : undefined;
  if (out !== undefined) writePart(io, out, whole);
  const totals = totalsOf(whole).map(({ unit, debits, credits }) => ({
    unit: `${unit} minor units`,
    debits: formatMinor(debits),
    credits: formatMinor(credits),
  }));
  const { book, log, unjudged } = whole;
  if (globals.json) {
    const said = { schema: 'tieout.fold-merge/1', book, log, covered, missing, totals, unjudged };
    io.print(JSON.stringify(equal === undefined ? said : { ...said, equalsReplay: equal }, undefined, 2));
  } else {
    const say = (line: string): void => io.print(forTerminal(line, io.out));
    const parts = `${plural(files.length, 'part')} ${files.length === 1 ? 'covers' : 'cover'}`;
    say(
      missing.length === 0
        ? `✓ ${book}: ${parts} all ${plural(log.length, 'event')}: ${sizeOf(whole)}`
        : `✗ ${book}: ${parts} ${count(covered)} of ${plural(log.length, 'event')}; missing are ${missing.map(span).join('; ')}`,
    );
    for (const { unit, debits, credits } of totals)
      say(`  debits ${grouped(debits)}, credits ${grouped(credits)} (${unit})`);
    say(`  log of ${count(log.length)} events, head ${log.head}`);
    if (equal === true) say('✓ equals the replay of the log, byte for byte');
    if (equal === false) say('✗ differs from the replay of the log: verify looks at the store');
    if (session && equal === undefined) say('○ not held against the log: not all of it is covered');
    for (const line of unjudgedText(whole)) say(`  ${line}`);
  }
  return missing.length === 0 && equal !== false ? ExitCode.done : ExitCode.findings;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
