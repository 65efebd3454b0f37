/**
 * A table of the document as repaired: the statement's own rows, each value linked to its proof, and what the scan lost
 * put back in angle quotes.
 */
import type { TickedLine } from '@tieout/proof';
import { markNamed, markOf } from './tick-marks';
import { escaped, isBreak, isOpen, putBack, sign, type Drawing } from './tick-parts';

/** A statement as it should read, where it stands in the document. */
export function statementHtml(
  lines: readonly TickedLine[],
  table: string,
  { page, anchors, numbersOf }: Drawing,
): string {
  const layout = page.layouts.find(({ id }) => id === table || table.startsWith(`${id}/`));
  const rows = lines
    .flatMap(({ repaired }) => repaired)
    .filter((each) => each.table === table)
    .map(({ row }) => row);
  if (!layout || rows.length === 0) return '';
  const wide = Math.max(...rows.map(({ cells }) => cells.length));
  const cellsWith = rows.find(({ cells }) => cells.length === wide)?.cells ?? [];
  const block =
    layout.blocks.find(({ columns }) =>
      cellsWith.some((cell) =>
        columns.some(({ id, period }) => id === cell?.figure.column && period === cell.figure.period),
      ),
    ) ?? layout.blocks[0];
  const heads = Array.from(
    { length: wide },
    (_, index) => block?.columns[Math.floor((index * block.columns.length) / wide)]?.label ?? '',
  );
  const styleOf = new Map(
    layout.blocks.flatMap(({ lines: all }) =>
      all.map(({ label, style }): [string, string] => [label, style]),
    ),
  );
  const body = rows.map(({ name, cells }) => {
    const values = Array.from({ length: wide }, (_, index) => {
      const cell = cells[index];
      if (!cell) return '<td></td>';
      const { figure } = cell;
      const [print] = numbersOf.get(figure.id) ?? [];
      const inferred = figure.reading === 'repaired' || (figure.reading === 'printed' && !print);
      const mark = print && !inferred ? markOf(print) : markNamed(inferred ? 'repaired' : cell.state);
      const text = inferred
        ? putBack(figure.published)
        : figure.reading === 'printed'
          ? figure.text
          : figure.reading === 'nil'
            ? '–'
            : figure.text;
      const target = anchors.get(figure.id);
      const shown = `<span class="v">${escaped(text)}</span>${sign(mark)}`;
      return `<td>${target === undefined ? `<span class="${mark.name}">${shown}</span>` : `<a class="n ${inferred ? 'put' : mark.name}" href="#${target}">${shown}</a>`}</td>`;
    });
    return `<tr class="${styleOf.get(name) ?? 'line'}"><th scope="row">${escaped(name)}</th>${values.join('')}</tr>`;
  });
  const heading = page.periods.get(table.slice(layout.id.length + 1)) ?? layout.heading;
  const caption = `${escaped(layout.title)} <span>· ${escaped(heading)} · ${escaped(layout.unit)} · ${escaped(page.basis)}</span>`;
  const head = `<thead><tr><td></td>${heads.map((label) => `<th scope="col" class="num">${escaped(label)}</th>`).join('')}</tr></thead>`;
  const flags = lines.flatMap(({ numbers }) => numbers);
  const classes = [
    'fixed',
    ...(wide > 5 ? ['wide'] : []),
    ...(flags.some(isBreak) ? ['finding'] : []),
    ...(flags.some(isOpen) ? ['open'] : []),
    'mended',
  ];
  return `<div class="${classes.join(' ')}"><div class="scroll" tabindex="0" role="region" aria-label="${escaped(layout.title)}"><table><caption>${caption}</caption>${head}<tbody>${body.join('')}</tbody></table></div></div>`;
}
