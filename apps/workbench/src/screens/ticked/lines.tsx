/**
 * The lines of a document as they stand, and its tables as they should read. Below a line with a finding stands why.
 */
import type { RepairedTable, TickDocument } from '@tieout/documents';
import { memo } from 'react';
import { isFinding, markOf } from './marks';
import { numbersOf, type FactOf, type ShownLine, type ShownNumber } from './model';
import { NumberShown } from './number';

export const Line = memo(function Line({ line, here }: { readonly line: ShownLine; readonly here: boolean }) {
  const findings = numbersOf(line).filter(({ mark }) => isFinding(mark) || mark === 'ghost');
  return (
    <li id={`L${line.line}`} className={here ? 'doc-line here' : 'doc-line'}>
      <span className="no" data-plain="">
        <span className="vh">line </span>
        {line.line > 0 ? line.line : '–'}
      </span>
      <div className="t">
        {line.parts.map((part, index) =>
          typeof part === 'string' ? (
            <Between key={index} text={part} />
          ) : (
            <NumberShown key={index} number={part} />
          ),
        )}
        {line.restored.map((number) => (
          <p className="why" key={number.about}>
            <NumberShown number={number} /> put back: <code data-plain="">{number.about}</code>
          </p>
        ))}
        {findings.map((number, index) => (
          <Why key={index} number={number} />
        ))}
      </div>
    </li>
  );
});

function Why({ number: { text, mark, said } }: { readonly number: ShownNumber }) {
  const { glyph, word } = markOf(mark);
  return (
    <p className="why">
      <span className={`mark-${mark}`}>
        {glyph} {text} {word}
      </span>
      : {said}
    </p>
  );
}

/** Text between numbers, with the cells of a row told apart. */
function Between({ text }: { readonly text: string }) {
  const parts = text.replace(/<\/?i>/g, '').split(/\t+/);
  return parts.map((part, index) => (
    <span key={index}>
      {index > 0 && (
        <span className="sep" aria-hidden="true">
          {' │ '}
        </span>
      )}
      {part}
    </span>
  ));
}

interface TablesView {
  readonly run: TickDocument['runs'][number];
  readonly wanted: (number: ShownNumber) => boolean;
  readonly factOf: FactOf;
}

/** The tables of a run of lines as they should read; none where no cell is wanted. */
export function Tables({ run, wanted, factOf }: TablesView) {
  return run.tables.map((table) => {
    const cells = table.rows.map(({ cells: own }) => own.map((cell) => cell && numberOf(cell, factOf)));
    if (!cells.some((row) => row.some((cell) => cell !== null && wanted(cell)))) return null;
    return (
      <li id={`T${run.from}-${table.table}`} className="doc-line" key={table.table}>
        <span className="no" data-plain="">
          <span className="vh">lines </span>
          {run.from}–{run.to}
        </span>
        <div className="scroll" role="region" aria-label={`${table.title}, ${table.heading}`} tabIndex={0}>
          <table className="table repaired-table">
            <caption>
              {table.title}{' '}
              <span className="muted" data-plain="">
                {table.heading} · {table.unit}
              </span>
            </caption>
            <thead data-plain="">
              <tr>
                <td />
                {table.columns.map((column, index) => (
                  <th scope="col" className="value" key={index}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(({ label, style }, row) => (
                <tr key={row} className={style}>
                  <th scope="row">{label}</th>
                  {cells[row]?.map((cell, index) => (
                    <td className="value" key={index}>
                      {cell && (
                        <span className="cell">
                          <NumberShown number={cell} />
                        </span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </li>
    );
  });
}

const numberOf = (
  { figure, text, published, mark, inferred }: NonNullable<RepairedTable['rows'][number]['cells'][number]>,
  factOf: FactOf,
): ShownNumber => ({
  text: inferred ? published : text,
  mark,
  about: figure,
  fact: factOf(figure),
  said: inferred ? 'not in the document as it stands' : figure,
  inferred,
});
