/**
 * Bridges: what a figure changed by, step by step, read off the statement that has it.
 *
 *     profit   the first total of the income statement, from one period to the next, line by line
 *     equity   the total column of the statement of changes in equity, from opening to closing, by what moved it
 *     cash     the statement of cash flows, from opening to closing cash, by activity
 *
 * Nothing is named here that only one book has: steps are what the statement itself foots its totals from. Invariant: the
 * steps are exact, and whether they lead from the one end to the other is computed and said, never assumed.
 */
import type { BridgeDocument } from '@tieout/documents';
import { refuse } from '@tieout/events';
import { addMinor, minorToUnit, negateMinor, parseUnit, subtractMinor, type Minor } from '@tieout/money';
import { Statements, type BooksAt } from '@tieout/projections';
import { factId, parseFactId, type Layout, type Statement, type StatementCell } from '@tieout/statements';
import type { Session } from './session';
import { whenOf } from './when';

export const bridgeNames = ['profit', 'equity', 'cash'] as const;
export type BridgeName = (typeof bridgeNames)[number];

/** The statement that a bridge is read off, by its command. */
const statementOf: Readonly<Record<BridgeName, string>> = { profit: 'is', equity: 'soce', cash: 'cf' };

interface Step {
  readonly label: string;
  readonly facts: readonly string[];
  readonly minor: Minor;
}

interface Ends {
  readonly label: string;
  readonly from: StatementCell & { readonly named: string };
  readonly to: StatementCell & { readonly named: string };
  readonly steps: readonly Step[];
}

type Part = Session['book']['footings'][number]['of'][number];

/** Refuses (E601) a name that is no bridge, and a book whose statements have none of it. */
export function bridgeDocument(session: Session, name: string): BridgeDocument {
  const id = bridgeNames.find((each) => each === name);
  if (!id) return refuse('E601', `no bridge "${name}"`, { help: `there are ${bridgeNames.join(', ')}` });
  const { book, projections, revision, basis } = session;
  const layout = book.layouts.find(({ command }) => command === statementOf[id]);
  if (!layout)
    return refuse('E601', `the book ${book.id} has no statement that a ${id} bridge is read off`, {
      notes: [`it would be the one of the command ${statementOf[id]}`],
    });
  const when = whenOf(session);
  const statements = projections.get(Statements);
  const books = statements.books(when.kind === 'day' ? when.day : undefined);
  const statement = statements.statement(layout, when, books);
  const feet = feetOf(session, layout);
  const ends =
    id === 'profit'
      ? between(statement, feet, books)
      : through(layout, statement, feet, books, book.concepts);
  const [opening, closing] = [minorOf(ends?.from), minorOf(ends?.to)];
  const unit = parseUnit(layout.unit);
  if (!ends || opening === undefined || closing === undefined || !unit)
    return refuse('E601', `${layout.id} shows no two ends of a ${id} bridge at what is asked`, {
      help: 'ask without a day or period, as the statement is laid out',
    });
  const shown = (minor: Minor): string => minorToUnit(minor, unit, book.chart.minorDigits);
  const arrived = ends.steps.reduce<Minor>((sum, { minor }) => addMinor(sum, minor), opening);
  const difference = subtractMinor(closing, arrived);
  return {
    schema: 'tieout.bridge/1',
    id,
    statement: layout.id,
    label: ends.label,
    unit: layout.unit,
    revision,
    basis,
    from: { label: ends.from.named, fact: ends.from.fact, value: shown(opening) },
    to: { label: ends.to.named, fact: ends.to.fact, value: shown(closing) },
    steps: ends.steps
      .filter(({ minor }) => minor !== 0)
      .map(({ label, facts, minor }) => ({ label, facts: [...facts], change: shown(minor) })),
    closes: difference === 0,
    difference: shown(difference),
  };
}

/** What the statement foots its totals from, by the total's fact: the first time, since a total may be split again below. */
function feetOf({ book }: Session, { id }: Layout): ReadonlyMap<string, readonly Part[]> {
  const feet = new Map<string, readonly Part[]>();
  for (const { statement, kind, total, of } of book.footings)
    if (statement === id && kind === 'foot' && !feet.has(total)) feet.set(total, of);
  return feet;
}

/** A total followed down to what is no total itself. */
function leavesOf(
  fact: string,
  feet: ReadonlyMap<string, readonly Part[]>,
  times: 1 | -1 = 1,
): readonly Part[] {
  const parts = feet.get(fact);
  if (!parts) return [{ fact, times }];
  return parts.flatMap((part) => leavesOf(part.fact, feet, part.times === times ? 1 : -1));
}

const minorOf = (cell: StatementCell | undefined): Minor | undefined =>
  cell?.value.kind === 'money' ? cell.value.minor : undefined;

/** The first total of two periods side by side, the later one first: by what each line below it changed. */
function between(
  { blocks }: Statement,
  feet: ReadonlyMap<string, readonly Part[]>,
  { figures }: BooksAt,
): Ends | undefined {
  const [block] = blocks;
  const total = block?.lines.find(({ style }) => style === 'total');
  const [to, from] = total?.cells ?? [];
  const [later, earlier] = block?.columns ?? [];
  if (!block || !total || !to || !from || !later || !earlier) return undefined;
  const labels = labelsOf(block.lines);
  const time = parseFactId(from.fact)?.time ?? '';
  const amount = (fact: string): Minor => {
    const value = figures.value(fact);
    return value?.kind === 'money' ? value.minor : 0;
  };
  const steps = leavesOf(to.fact, feet).map(({ fact, times }): Step => {
    const before = factId({ concept: parseFactId(fact)?.concept ?? '', time });
    const moved = subtractMinor(amount(fact), amount(before));
    return {
      label: labels.get(fact) ?? fact,
      facts: [fact, before],
      minor: times === 1 ? moved : negateMinor(moved),
    };
  });
  return {
    label: total.label,
    from: { ...from, named: earlier.label },
    to: { ...to, named: later.label },
    steps,
  };
}

/** From the opening line to the closing line of one figure, in the last column of a matrix, or the first of others. */
function through(
  layout: Layout,
  { blocks, shape }: Statement,
  feet: ReadonlyMap<string, readonly Part[]>,
  { figures }: BooksAt,
  concepts: Session['book']['concepts'],
): Ends | undefined {
  const laid = layout.blocks[0];
  const block = blocks[0];
  if (!laid || !block) return undefined;
  const column = shape === 'matrix' ? block.columns.length - 1 : 0;
  const measures = new Map(laid.lines.map(({ id, cells }) => [id, cells[column]?.measure]));
  const lines = block.lines.flatMap((line) => {
    const cell = line.cells[column];
    return cell ? [{ ...line, cell, measure: measures.get(line.id) }] : [];
  });
  const opening = lines.find(({ measure }) => measure === 'opening');
  const concept = opening && parseFactId(opening.cell.fact)?.concept;
  const closing = lines.find(
    ({ measure, cell }) => measure === 'closing' && parseFactId(cell.fact)?.concept === concept,
  );
  if (!opening || !closing) return undefined;
  const labels = new Map(lines.map(({ cell, label }) => [cell.fact, label]));
  const moving = lines.filter(({ measure }) => measure === 'movement').map(({ cell }) => cell.fact);
  const parts = new Set(moving.flatMap((fact) => feet.get(fact)?.map((part) => part.fact) ?? []));
  const steps = moving
    .filter((fact) => !parts.has(fact))
    .flatMap((fact) => feet.get(fact) ?? [{ fact, times: 1 as const }])
    .map(({ fact, times }): Step => {
      const value = figures.value(fact);
      const minor = value?.kind === 'money' ? value.minor : 0;
      return {
        label: labels.get(fact) ?? fact,
        facts: [fact],
        minor: times === 1 ? minor : negateMinor(minor),
      };
    });
  return {
    label: concepts.get(concept ?? '')?.label ?? closing.label,
    from: { ...opening.cell, named: opening.label },
    to: { ...closing.cell, named: closing.label },
    steps,
  };
}

const labelsOf = (lines: Statement['blocks'][number]['lines']): ReadonlyMap<string, string> =>
  new Map(
    lines.flatMap(({ cells, label }) => cells.flatMap((cell) => (cell ? [[cell.fact, label] as const] : []))),
  );
