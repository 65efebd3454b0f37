/**
 * A source document with a state beside every number, prose too. The document is the user's: it is read as text, and what
 * was found of it is all that is kept.
 */
import { createHash } from 'node:crypto';
import type { RepairedTable, TickDocument, TickedNumberDocument } from '@tieout/documents';
import {
  claimNames,
  countTokens,
  tickDocument,
  tokenStates,
  type CheckedFigure,
  type StatedClaim,
  type TableCell,
  type TickedDocument,
  type TickedLine,
  type TickedNumber,
  type TickInput,
} from '@tieout/proof';
import { checked } from './checked';
import { countMarkNames, markNameOf, whyOf } from './marks';
import type { Session } from './session';

/** A document as the user has it. */
export interface TextOf {
  readonly name: string;
  readonly text: string;
  /** Of its bytes; of the text in UTF-8 where absent. */
  readonly sha256?: string;
}

/** What ticking needs: figures and claims as they are held, and their layouts. A thread can be given it. */
export interface Ticking {
  readonly input: Omit<TickInput, 'text'>;
  /** By figure and claim id. */
  readonly held: ReadonlyMap<string, CheckedFigure>;
}

export async function ticking(session: Session): Promise<Ticking> {
  const { book } = session;
  const { check } = await checked(session);
  const held = new Map(check.figures.map((each) => [each.figure.id, each]));
  return {
    held,
    input: {
      layouts: book.layouts,
      figures: book.figures.flatMap(({ id }) => held.get(id) ?? []),
      claims: claimsOf(session, held),
    },
  };
}

/** The claims with their states; `check` says nothing of those that reach no fact. */
function claimsOf({ book }: Session, held: ReadonlyMap<string, CheckedFigure>): readonly StatedClaim[] {
  const namesOf = claimNames(book);
  return book.claims.map((claim): StatedClaim => {
    const of = held.get(claim.id);
    const note = of?.note === undefined ? {} : { note: of.note };
    return { claim, state: of?.state ?? 'untested', names: namesOf(claim), ...note };
  });
}

/** Numbers that do not tie; with `strict` those that are repaired or explained too. */
export function tickFindings(document: TickedDocument, strict = false): number {
  return document.lines
    .flatMap(({ numbers }) => numbers)
    .filter(({ state, figureState }) => {
      if (state === 'differs') return true;
      if (state !== 'tied' && state !== 'claim-tied') return false;
      return (
        figureState === 'does-not-tie' ||
        (strict && (figureState === 'repaired' || figureState === 'explained'))
      );
    }).length;
}

const numberDocument = (number: TickedNumber, held: Ticking['held']): TickedNumberDocument => {
  const { token, state, figure, claim, figureState, reason } = number;
  const why = whyOf(number, held.get(claim ?? figure ?? ''));
  return {
    line: token.line + 1,
    column: token.start + 1,
    text: token.text,
    state,
    ...(figure === undefined ? {} : { figure }),
    ...(claim === undefined ? {} : { claim }),
    ...(figureState === undefined ? {} : { figureState }),
    reason,
    mark: markNameOf(number),
    ...(why === reason ? {} : { why }),
  };
};

/** Runs of lines that tables take up: rows that nothing but blank lines part, where some row is of a statement. */
function runsOf(lines: readonly TickedLine[]): readonly (readonly TickedLine[])[] {
  const runs: TickedLine[][] = [];
  let run: TickedLine[] = [];
  const close = (): void => {
    if (run.some(({ statement, opens }) => statement !== undefined || opens !== undefined)) runs.push(run);
    run = [];
  };
  for (const line of lines) {
    if (line.isRow) run.push(line);
    else if (line.text.trim() !== '') close();
  }
  close();
  return runs;
}

/** A table as it should read: the statement's own rows, with what the scan lost put back. */
function repairedTable(
  table: string,
  document: TickedDocument,
  { book }: Session,
  printed: ReadonlyMap<string, TickedNumber>,
): RepairedTable[] {
  const layout = book.layouts.find(({ id }) => id === table || table.startsWith(`${id}/`));
  const rows = document.lines
    .flatMap(({ repaired }) => repaired)
    .filter((each) => each.table === table)
    .map(({ row }) => row);
  if (!layout || rows.length === 0) return [];
  const wide = Math.max(...rows.map(({ cells }) => cells.length));
  const widest = rows.find(({ cells }) => cells.length === wide)?.cells ?? [];
  const block =
    layout.blocks.find(({ columns }) =>
      widest.some((cell) =>
        columns.some(({ id, period }) => id === cell?.figure.column && period === cell.figure.period),
      ),
    ) ?? layout.blocks[0];
  const columns = Array.from(
    { length: wide },
    (_, index) => block?.columns[Math.floor((index * block.columns.length) / wide)]?.label ?? '',
  );
  const styles = new Map(
    layout.blocks.flatMap(({ lines }) => lines.map(({ label, style }) => [label, style])),
  );
  const cellOf = (cell: TableCell | undefined) => {
    if (!cell) return null;
    const { figure } = cell;
    const print = printed.get(figure.id);
    const inferred = figure.reading === 'repaired' || (figure.reading === 'printed' && !print);
    return {
      figure: figure.id,
      text: figure.reading === 'nil' ? '–' : figure.text,
      published: figure.published,
      mark: inferred ? ('repaired' as const) : print ? markNameOf(print) : cell.state,
      inferred,
    };
  };
  const period = book.chart.periods.find(({ id }) => id === table.slice(layout.id.length + 1));
  return [
    {
      table,
      statement: layout.id,
      title: layout.title,
      heading: period?.label ?? layout.heading,
      unit: layout.unit,
      columns,
      rows: rows.map(({ name, cells }) => ({
        label: name,
        style: styles.get(name) ?? 'line',
        cells: columns.map((_, index) => cellOf(cells[index])),
      })),
    },
  ];
}

export interface TicksAsked {
  /** Only these numbers are listed; all are counted. */
  readonly wanted?: (number: TickedNumber) => boolean;
  readonly strict?: boolean;
}

/** The document of what was found. */
export function ticksIn(
  { name, text, sha256 }: TextOf,
  document: TickedDocument,
  { held }: Pick<Ticking, 'held'>,
  session: Session,
  { wanted = () => true, strict = false }: TicksAsked = {},
): TickDocument {
  const counts = (chosen: (isRow: boolean) => boolean) => {
    const found = countTokens(document, ({ isRow }) => chosen(isRow));
    return Object.fromEntries(tokenStates.map((state) => [state, found.get(state) ?? 0])) as Record<
      (typeof tokenStates)[number],
      number
    >;
  };
  const numbers = document.lines.flatMap((line) => line.numbers);
  const printed = new Map<string, TickedNumber>();
  for (const number of numbers) {
    const about = number.claim ?? number.figure;
    if (about !== undefined && number.state !== 'ghost' && number.state !== 'smeared' && !printed.has(about))
      printed.set(about, number);
  }
  const findings = tickFindings(document, strict);
  return {
    schema: 'tieout.tick/1',
    book: session.book.id,
    revision: session.revision,
    document: {
      name,
      sha256: sha256 ?? createHash('sha256').update(text).digest('hex'),
      lines: document.lines.length,
    },
    result: findings === 0 ? 'ties' : 'findings',
    findings,
    counts: { all: counts(() => true), tables: counts((isRow) => isRow), prose: counts((isRow) => !isRow) },
    marks: Object.fromEntries(countMarkNames(numbers)),
    numbers: numbers.filter(wanted).map((number) => numberDocument(number, held)),
    restored: document.restored.map(({ stated: { figure }, line }) => ({
      line,
      figure: figure.id,
      published: figure.published,
      ...(figure.because === undefined ? {} : { because: figure.because }),
    })),
    notFound: document.notFound.map(({ figure }) => figure.id),
    claimsNotFound: document.claimsNotFound.map(({ claim }) => claim.id),
    runs: runsOf(document.lines).map((run) => ({
      from: run[0]?.number ?? 0,
      to: run.at(-1)?.number ?? 0,
      tables: run.flatMap(({ opens }) =>
        opens === undefined ? [] : repairedTable(opens, document, session, printed),
      ),
    })),
  };
}

/** A document ticked, here and now. */
export async function ticksDocument(session: Session, of: TextOf): Promise<TickDocument> {
  const known = await ticking(session);
  return ticksIn(of, tickDocument({ ...known.input, text: of.text }), known, session);
}
