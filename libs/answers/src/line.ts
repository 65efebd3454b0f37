/**
 * A line of a statement by account: the same selection over the same cells that made the figure, so that the accounts add
 * up to the line whatever the line is.
 */
import { cellsOf } from '@tieout/cube';
import type { LineDocument } from '@tieout/documents';
import { refuse } from '@tieout/events';
import { addMinor, multiplyMinor, type Minor } from '@tieout/money';
import { Statements, TrialBalance } from '@tieout/projections';
import { inUnit, legsBehind, linearForm, money } from '@tieout/statements';
import type { Session } from './session';
import { suggestion } from './suggestion';
import { layoutOf, whenOf } from './when';

export interface LineAsked {
  readonly statement: string;
  readonly line: string;
  /** Which table of the statement, from 0: the tables of a matrix have the same lines. */
  readonly table: number;
}

export function lineDocument(session: Session, { statement, line: id, table }: LineAsked): LineDocument {
  const { book, revision, basis, projections, replay } = session;
  const { chart } = book;
  const layout = layoutOf(session, statement);
  const when = whenOf(session);
  const books = projections.get(Statements).books(when.kind === 'day' ? when.day : undefined);
  const { blocks } = projections.get(Statements).statement(layout, when, books);
  const lines = blocks[table]?.lines ?? [];
  const line = lines.find((each) => each.id === id);
  if (!line) {
    const ids = lines.map((each) => each.id);
    return refuse('E601', `${layout.id} has no line "${id}" in its table ${table}`, {
      help: suggestion(id, ids, `it has ${ids.join(', ')}`),
    });
  }
  const { cube } = replay.stateOf(projections.get(TrialBalance));
  const cells = cellsOf(cube);
  const byColumn = line.cells.map((cell): ReadonlyMap<string, Minor> => {
    const form = cell && linearForm(cell.fact, books.world);
    const sums = new Map<string, Minor>();
    if (!form) return sums;
    const { asOf } = books.world;
    const upTo = asOf !== undefined && asOf < form.to ? { ...form, to: asOf } : form;
    for (const { leg, times } of legsBehind(upTo, cells))
      sums.set(leg.account, addMinor(sums.get(leg.account) ?? 0, multiplyMinor(leg.minor, times)));
    return sums;
  });
  const value = (minor: Minor): string | null => inUnit(money(minor), line.unit, chart) ?? null;
  return {
    schema: 'tieout.line/1',
    book: book.id,
    revision,
    basis,
    statement: layout.id,
    line: line.id,
    label: line.label,
    unit: line.unit,
    decimals: line.decimals,
    figures: line.cells.map((cell) => cell?.fact ?? null),
    values: line.cells.map((cell) => (cell ? (inUnit(cell.value, line.unit, chart) ?? null) : null)),
    accounts: [...chart.accounts.values()]
      .filter((account) => byColumn.some((sums) => (sums.get(account.id) ?? 0) !== 0))
      .map((account) => ({
        account: account.id,
        name: account.name,
        values: byColumn.map((sums, column) =>
          line.cells[column] && sums.has(account.id) ? value(sums.get(account.id) ?? 0) : null,
        ),
      })),
  };
}
