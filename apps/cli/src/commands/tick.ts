/**
 * `tick DOCUMENT`: the source document with a state beside every number, prose too.
 *
 * The document is the user's: it is read as text, bounded in size, and nothing of it is stored. What a number is tied to
 * follows from where it stands in the text; how it is held is what `check` says of the figure or the claim.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { markNameOf, suggestion, tickFindings, ticking, ticksIn } from '@tieout/answers';
import type { MarkName } from '@tieout/documents';
import { ExitCode, refuse } from '@tieout/events';
import { tickDocument, type TickedDocument, type TickedNumber } from '@tieout/proof';
import { tickHtml } from '../print/tick-html';
import { groups, onlyWords, tickedText, tickSummary, type TickAsked } from '../print/tick-text';
import { csvRecord } from '../print/text';
import type { Session } from '../session';

export interface TickOptions {
  readonly only?: string;
  readonly line?: string;
  readonly out?: string;
}

/** A report of a thousand pages is some three million signs. */
const largest = 8 * 1024 * 1024;

function bytesOf(file: string, cwd: string): Buffer {
  if (file === '-') return readFileSync(0);
  const path = resolve(cwd, file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    return refuse('E101', `no document ${file}`, {
      help: 'name a text file: the text of the report, tables and prose; - reads standard input',
    });
  }
  if (stat.size > largest)
    refuse('E107', `${file} has ${stat.size} bytes; a document has at most ${largest}`);
  return readFileSync(path);
}

function documentIn(
  file: string,
  cwd: string,
): { readonly name: string; readonly sha256: string; readonly text: string } {
  const bytes = bytesOf(file, cwd);
  if (bytes.length > largest)
    refuse('E107', `${file} has ${bytes.length} bytes; a document has at most ${largest}`);
  if (bytes.includes(0))
    refuse('E107', `${file} is no text`, { help: 'extract its text first: pdftotext -layout REPORT.pdf' });
  return {
    name: file === '-' ? 'standard input' : basename(file),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    text: bytes.toString('utf8'),
  };
}

function askedOf({ only, line }: TickOptions, lines: number): TickAsked {
  const marks = only?.split(',').flatMap((part) => {
    const text = part.trim();
    const known = groups[text] ?? (onlyWords.includes(text) ? [text as MarkName] : undefined);
    return (
      known ??
      refuse('E602', `--only takes states, and "${text}" is none`, {
        help: suggestion(text, onlyWords, `the states are ${onlyWords.join(', ')}`),
      })
    );
  });
  const number = line === undefined ? undefined : Number(line);
  if (number !== undefined && !(Number.isSafeInteger(number) && number >= 1 && number <= lines)) {
    refuse('E602', `--line takes a line of the document, 1 to ${lines}, not "${line}"`);
  }
  return {
    ...(marks === undefined ? {} : { only: new Set(marks) }),
    ...(number === undefined ? {} : { line: number }),
  };
}

const matching =
  ({ only, line }: TickAsked) =>
  (number: TickedNumber): boolean =>
    (only === undefined || only.has(markNameOf(number))) &&
    (line === undefined || number.token.line + 1 === line);

function ticksCsv(document: TickedDocument, asked: TickAsked): string {
  const head = ['line', 'column', 'text', 'state', 'figure', 'claim', 'figure_state', 'reason'];
  const rows = document.lines
    .flatMap(({ numbers }) => numbers)
    .filter(matching(asked))
    .map(({ token, state, figure, claim, figureState, reason }) => [
      String(token.line + 1),
      String(token.start + 1),
      token.text,
      state,
      figure ?? '',
      claim ?? '',
      figureState ?? '',
      reason,
    ]);
  return [head, ...rows].map(csvRecord).join('\n');
}

export async function runTick(session: Session, file: string, options: TickOptions): Promise<number> {
  const { io, globals, book } = session;
  const source = documentIn(file, io.cwd);
  const asked = askedOf(options, source.text.split('\n').length);
  const known = await ticking(session);
  const { held } = known;
  const document = tickDocument({ ...known.input, text: source.text });
  const strict = globals.strict ?? false;
  const findings = tickFindings(document, strict);
  const { name, sha256 } = source;
  const page = (): string =>
    tickHtml(document, {
      name,
      sha256,
      book,
      revision: session.revision,
      basis: session.basis,
      layouts: book.layouts,
      periods: new Map(book.chart.periods.map(({ id, label }) => [id, label])),
      held,
      claims: new Map(book.claims.map((claim) => [claim.id, claim])),
    });
  const json = (): string =>
    `${JSON.stringify(ticksIn(source, document, known, session, { wanted: matching(asked), strict }), undefined, 1)}\n`;
  if (options.out !== undefined) {
    const text = /\.json$/i.test(options.out)
      ? json()
      : /\.csv$/i.test(options.out)
        ? `${ticksCsv(document, asked)}\n`
        : page();
    try {
      writeFileSync(resolve(io.cwd, options.out), text);
    } catch (error) {
      refuse(
        'E602',
        `cannot write ${options.out}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    io.tell(`wrote ${options.out}`);
  }
  if (globals.json) io.print(json().trimEnd());
  else if (globals.csv) io.print(ticksCsv(document, asked));
  else {
    if (options.out === undefined) io.print(`${tickedText({ document, held, asked, terminal: io.out })}\n`);
    io.print(tickSummary(document, io.out));
  }
  return findings > 0 ? ExitCode.findings : ExitCode.done;
}
