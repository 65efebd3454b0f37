/**
 * A statement as accountants read it: parentheses for negatives, digits under digits, the unit once in the caption, a
 * thin rule over a subtotal, a double rule under a total. One `<table>` for each table of the document.
 *
 * Every number is a link where the reader's surface can follow it; its state is part of what the link says.
 */
import type { ReactNode } from 'react';
import type { FigureState, StatementDocument, StatementLine, StatementTable } from '@tieout/documents';
import { Amount } from './amount';
import { stateGlyph, StateMark, stateWord, worstOf } from './state';
import { scaledTo, type MoneyScale } from './units';

export interface StatementView {
  readonly document: StatementDocument;
  /** Instead of the statement's own unit of money. */
  readonly scale?: MoneyScale | undefined;
  /** Where the number of a fact leads, if it leads anywhere. */
  readonly hrefOf?: (fact: string) => string | undefined;
  /** Where a note's number leads; undefined where the book has no such note. */
  readonly noteHref?: (note: string) => string | undefined;
  /** The fact that is looked at. */
  readonly selected?: string | undefined;
  /** What is known of a print beyond the replay: its state by all ties. */
  readonly stateOf?: (fact: string) => FigureState | undefined;
  /** Beside a line's label: what opens its detail. */
  readonly beside?: (place: LinePlace) => ReactNode;
  /** Rows below a line: detail that is not published. */
  readonly below?: (place: LinePlace) => ReactNode;
}

/** A line, and where it stands. */
export interface LinePlace {
  readonly line: StatementLine;
  /** Which table of the document, from 0. */
  readonly table: number;
  /** The columns of the table before, and after, those of the values. */
  readonly before: number;
  readonly after: number;
}

/** What stands right of the title everywhere. */
export const statementUnit = ({ document, scale }: StatementView): string =>
  scaledTo(scale, document.unit).unit;

export function StatementTables(view: StatementView) {
  const { tables, lines } = view.document;
  let from = 0;
  return tables.map((table, index) => {
    const own = lines.slice(from, (from += table.lines));
    return <OneTable key={table.title ?? ''} {...{ view, table, index }} lines={linesShown(own)} />;
  });
}

/** Lines that have a cell in this table, and headings that have such a line under them. */
function linesShown(lines: readonly StatementLine[]): readonly StatementLine[] {
  const kept = lines.filter(({ style, figures }) => style === 'heading' || figures.some(Boolean));
  return kept.filter(
    ({ style }, index) => style !== 'heading' || (kept[index + 1]?.style ?? 'heading') !== 'heading',
  );
}

interface TableView {
  readonly view: StatementView;
  readonly table: StatementTable;
  readonly index: number;
  readonly lines: readonly StatementLine[];
}

function OneTable({ view, table, index, lines }: TableView) {
  const { document } = view;
  const { shape, title, basis, entity, revision } = document;
  const withNotes = lines.some(({ note }) => note !== null);
  const withChange = lines.some(({ change }) => change !== undefined);
  const withTicks = shape !== 'matrix' && lines.some(({ states }) => states.some(Boolean));
  const width = 1 + table.columns.length + (withNotes ? 1 : 0) + (withChange ? 1 : 0) + (withTicks ? 1 : 0);
  const when = table.title ?? document.when;
  const unit = statementUnit(view);
  // A matrix is of one period: whether that was audited is said once, not over each class.
  const audits = new Set(table.columns.map((column) => column.audit));
  const audit = shape === 'matrix' && audits.size === 1 ? [...audits].find((each) => each !== '') : undefined;
  return (
    <div className="scroll" role="region" aria-label={`${title}, ${when}`} tabIndex={0}>
      <table className={`table statement ${shape}`}>
        <caption>
          <span data-plain="">{when}</span>{' '}
          <span className="muted" data-plain="">
            {unit}
            {audit !== undefined && ` · ${audit}`}
          </span>
        </caption>
        <thead data-plain="">
          {/* On paper the head repeats on every page, and each page must say what it is of. */}
          <tr className="running" aria-hidden="true">
            <td colSpan={width}>
              {[entity, title, when, unit, audit, basis, `rev ${revision}`].filter(Boolean).join(' · ')}
            </td>
          </tr>
          <tr>
            <td />
            {withNotes && (
              <th scope="col" className="note">
                Note
              </th>
            )}
            {table.columns.map((column, nth) => (
              <th scope="col" className="value" key={nth}>
                {column.label}
                {audit === undefined && column.audit !== '' && <small>{column.audit}</small>}
              </th>
            ))}
            {withChange && (
              <th scope="col" className="change">
                Change
              </th>
            )}
            {withTicks && (
              <th scope="col" className="tick">
                Tick
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, nth) => (
            <Line key={nth} {...{ view, line, width, withNotes, withChange, withTicks }} table={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineView {
  readonly view: StatementView;
  readonly line: StatementLine;
  readonly table: number;
  readonly width: number;
  readonly withNotes: boolean;
  readonly withChange: boolean;
  readonly withTicks: boolean;
}

function Line({ view, line, table, width, withNotes, withChange, withTicks }: LineView) {
  const { label, style, note, change, figures, states, values } = line;
  if (style === 'heading')
    return (
      <tr className="heading">
        <th scope="colgroup" colSpan={width}>
          {label}
        </th>
      </tr>
    );
  const stateAt = (index: number): FigureState | undefined => {
    const fact = figures[index];
    const held = states[index];
    // Only what this statement prints has a state here.
    return fact == null || held == null ? undefined : (view.stateOf?.(fact) ?? held);
  };
  const known = values.flatMap((_, index) => stateAt(index) ?? []);
  const worst = worstOf(known);
  const before = withNotes ? 2 : 1;
  const place = { line, table, before, after: width - before - values.length };
  const noteHref = note === null ? undefined : view.noteHref?.(note);
  return (
    <>
      <tr className={style}>
        <th scope="row">
          {view.beside?.(place)}
          {label}
          {line.unit !== view.document.unit && (
            <span className="muted" data-plain="">
              {' '}
              ({line.unit})
            </span>
          )}
        </th>
        {withNotes && (
          <td className="note" data-plain="">
            {noteHref === undefined ? note : <a href={noteHref}>{note}</a>}
          </td>
        )}
        {values.map((_, index) => (
          <td className="value" key={index}>
            <Cell view={view} line={line} index={index} state={stateAt(index)} marked={!withTicks} />
          </td>
        ))}
        {withChange && <td className="change">{change !== undefined && <Change text={change} />}</td>}
        {withTicks && <td className="tick">{worst && <StateMark state={worst} />}</td>}
      </tr>
      {view.below?.(place)}
    </>
  );
}

interface CellView {
  readonly view: StatementView;
  readonly line: StatementLine;
  readonly index: number;
  readonly state: FigureState | undefined;
  /** The mark stands at the number: a matrix has no column of ticks. */
  readonly marked: boolean;
}

function Cell({ view, line, index, state, marked }: CellView) {
  const { values, figures, unit, decimals } = line;
  const fact = figures[index];
  const value = values[index] ?? null;
  if (fact == null) return <span className="cell" />;
  const own =
    unit === view.document.unit ? scaledTo(view.scale, unit, decimals) : scaledTo(undefined, unit, decimals);
  const shown =
    value === null ? (
      <abbr className="amount" title={`not disclosed: ${view.document.undisclosed ?? ''}`}>
        n.d.
      </abbr>
    ) : (
      <Amount value={own.value(value)} decimals={own.decimals} />
    );
  const said = (
    <>
      {marked && state !== undefined && state !== 'ties' && (
        <span className={`state state-${state}`} aria-hidden="true" title={stateWord(state)}>
          {stateGlyph(state)}
        </span>
      )}
      {shown}
      {state !== undefined && <span className="vh">, {stateWord(state)}</span>}
    </>
  );
  const selected = fact === view.selected;
  const href = view.hrefOf?.(fact);
  return (
    <span className={`cell${selected ? ' selected' : ''}`}>
      {href !== undefined ? (
        <a href={href} aria-current={selected || undefined}>
          {said}
        </a>
      ) : (
        said
      )}
    </span>
  );
}

/** `(14.3)%`, with the digits of `7.7%` under its digits. */
function Change({ text }: { readonly text: string }) {
  if (text === '-%') return '–';
  if (!text.endsWith('%')) return text;
  const amount = text.slice(0, -1);
  return (
    <>
      <span className={amount.endsWith(')') ? 'amount negative' : 'amount'}>{amount}</span>%
    </>
  );
}
