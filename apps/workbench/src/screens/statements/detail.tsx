/** A line opened: the accounts of the ledger behind it. They are not published, and say so; they add up to the line. */
import type { LineDocument } from '@tieout/documents';
import { Amount, scaledTo, type LinePlace, type MoneyScale } from '@tieout/views';
import { hrefTo, Loaded, useDocument, usePlace } from '../../shell';

interface Detail {
  readonly at: LinePlace;
  readonly statement: string;
  readonly scale: MoneyScale | undefined;
}

export function LineDetail({ at, statement, scale }: Detail) {
  const path = `statements/${encodeURIComponent(statement)}/lines/${encodeURIComponent(at.line.id)}`;
  const asked = useDocument<LineDocument>(path, { table: at.table });
  const width = at.before + at.line.values.length + at.after;
  if (asked.data && !asked.problem) return <Accounts {...{ at, scale }} line={asked.data} />;
  return (
    <tr className="detail">
      <td colSpan={width}>
        <Loaded of={asked}>{() => null}</Loaded>
      </td>
    </tr>
  );
}

interface AccountsView {
  readonly at: LinePlace;
  readonly line: LineDocument;
  readonly scale: MoneyScale | undefined;
}

function Accounts({ at: { before, after }, line, scale }: AccountsView) {
  const place = usePlace();
  const scaled = scaledTo(scale, line.unit, line.decimals);
  const spread = before > 1 ? { colSpan: before } : {};
  return (
    <>
      <tr className="detail">
        <th scope="row" colSpan={before + line.values.length + after}>
          {line.accounts.length === 0
            ? 'No accounts of its own: it is divided from other figures, or recorded.'
            : 'By account, not published'}
        </th>
      </tr>
      {line.accounts.map(({ account, name, values }) => (
        <tr className="detail" key={account}>
          <th scope="row" {...spread}>
            <a href={hrefTo(place, { screen: 'journal', search: { account } })}>{name}</a>
          </th>
          {values.map((value, column) => (
            <td className="value" key={column}>
              <span className="cell">
                <Amount value={value === null ? null : scaled.value(value)} decimals={scaled.decimals} />
              </span>
            </td>
          ))}
          {after > 0 && <td colSpan={after} />}
        </tr>
      ))}
    </>
  );
}
