/**
 * `check`: do the figures tie? All ties run, counted by kind and state, what was found with its probable cause, and how
 * much of what is published was tested at all. About the figures only: whether the log is intact is the matter of
 * `verify`.
 */
import { checkAnswer, checkIn } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import { coverageLines, matrixLines, repairLines } from '../print/check';
import { findingLines } from '../print/findings';
import { blindLines, selfTestLines } from '../print/self-test';
import { csvRecord, forTerminal, paint } from '../print/text';
import type { Session } from '../session';

export interface CheckOptions {
  /** A log position: only ties of facts that entries from there on moved. */
  readonly since?: string;
  /** States, joined by commas, that make the command exit 1. */
  readonly failOn?: string;
  /** Per cent of the figures that must be tested. */
  readonly minCoverage?: string;
  /** Plant errors, and count those that some tie notices. */
  readonly selfTest?: boolean;
}

export async function runCheck(
  session: Session,
  kinds: readonly string[],
  options: CheckOptions,
): Promise<number> {
  const { io, globals, book } = session;
  const answer = await checkAnswer(session, { kinds, strict: globals.strict ?? false, ...options });
  const { run, ties, narrowed, findings, blocking, fails, whole, shortOf, selfTest: tested } = answer;
  const code = fails ? ExitCode.findings : ExitCode.done;
  if (globals.json) {
    io.print(JSON.stringify(checkIn(answer), undefined, 2));
    return code;
  }
  if (globals.csv) {
    const head = ['tie', 'kind', 'state', 'left', 'right', 'difference', 'unit'];
    const rows = ties.map(({ tie, state, left, right, difference }) => [
      tie.id,
      tie.kind,
      state,
      left ?? '',
      right ?? '',
      difference ?? '',
      tie.kind === 'ledger' ? (run.check.prints.get(tie.figure)?.figure.unit ?? '') : tie.unit,
    ]);
    io.print([head, ...rows].map(csvRecord).join('\n'));
    return code;
  }
  const { out } = io;
  const say = (text: string): void => io.print(forTerminal(text, out));
  say(paint(`${book.entity} · ${book.title}`, 'bold', out));
  say(
    `${ties.length} ties on rev ${session.revision} · ${session.basis}${narrowed === '' ? '' : ` · ${narrowed}`}`,
  );
  say('');
  for (const line of matrixLines(ties, out.width < 100)) say(line);
  say('');
  for (const line of findingLines(findings, (figure) => run.check.prints.get(figure)?.figure, out)) say(line);
  if (whole) for (const line of repairLines(run, out.width)) say(line);
  if (whole) for (const line of coverageLines(run, out.width)) say(line);
  if (whole) say('');
  if (tested)
    for (const line of [...selfTestLines(tested), '', ...blindLines(tested, out.width), '']) say(line);
  if (shortOf !== undefined) say(`Coverage is below the ${shortOf}% asked for`);
  say(
    paint(
      `Result: ${fails ? `FAILS · ${blocking} ${blocking === 1 ? 'finding' : 'findings'}` : 'TIES'}`,
      fails ? 'red' : 'green',
      out,
    ),
  );
  return code;
}
