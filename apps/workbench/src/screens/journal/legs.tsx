/**
 * The legs of an entry that is being written: accounts, movements and members are suggested from the chart, by id and by
 * name; the last leg that is filled opens another.
 */
import type { AccountsDocument } from '@tieout/documents';
import { noLeg, type DraftLeg } from './draft';

interface LegsForm {
  readonly legs: readonly DraftLeg[];
  readonly chart: AccountsDocument;
  readonly change: (legs: readonly DraftLeg[]) => void;
}

const columns = {
  account: { label: 'Account', list: 'post-accounts', size: 30 },
  movement: { label: 'Movement', list: 'post-movements', size: 18 },
  dimensions: { label: 'Members', list: 'post-members', size: 20 },
  dr: { label: 'Debit', list: undefined, size: 10 },
  cr: { label: 'Credit', list: undefined, size: 10 },
} as const;
type Column = keyof typeof columns;

export function Legs({ legs, chart, change }: LegsForm) {
  const write = (at: number, column: Column, value: string): void => {
    const written = legs.map((leg, index) => (index === at ? { ...leg, [column]: value } : leg));
    const full = at === legs.length - 1 && (column === 'dr' || column === 'cr') && value !== '';
    change(full ? [...written, noLeg] : written);
  };
  return (
    <div className="scroll" tabIndex={0}>
      <table className="table post-legs">
        <caption className="vh">Postings, in {chart.amounts}</caption>
        <thead>
          <tr>
            {Object.entries(columns).map(([column, { label }]) => (
              <th key={column} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {legs.map((leg, index) => (
            <tr key={index}>
              {(Object.keys(columns) as Column[]).map((column) => (
                <td key={column}>
                  <input
                    aria-label={`${columns[column].label} of leg ${index + 1}`}
                    value={leg[column]}
                    size={columns[column].size}
                    list={columns[column].list}
                    inputMode={column === 'dr' || column === 'cr' ? 'numeric' : undefined}
                    title={titleOf(column, leg, chart)}
                    onChange={({ target }) => write(index, column, target.value)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Suggestions chart={chart} />
    </div>
  );
}

/** The name of what is typed. */
function titleOf(
  column: Column,
  leg: DraftLeg,
  { accounts, movements }: AccountsDocument,
): string | undefined {
  if (column === 'account') return accounts.find(({ id }) => id === leg.account)?.name;
  if (column === 'movement') return movements.find(({ id }) => id === leg.movement)?.name;
  return column === 'dimensions' ? 'dimension=member, with commas between' : undefined;
}

function Suggestions({ chart: { accounts, movements, dimensions } }: { readonly chart: AccountsDocument }) {
  const members = dimensions.flatMap(({ id, members: of }) =>
    Object.entries(of).map(([member, label]) => ({ id: `${id}=${member}`, name: label })),
  );
  const lists = { 'post-accounts': accounts, 'post-movements': movements, 'post-members': members };
  return Object.entries(lists).map(([list, options]) => (
    <datalist key={list} id={list}>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </datalist>
  ));
}
