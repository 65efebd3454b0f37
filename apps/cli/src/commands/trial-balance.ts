/**
 * `tb`: what every account stands at, in debit and credit columns that foot to the same.
 */
import { whenOf } from '@tieout/answers';
import { addMinor, formatMinor, type Minor } from '@tieout/money';
import { Statements } from '@tieout/projections';
import { csvRecord, forTerminal, padEnd, padStart, paint, widthOf } from '../print/text';
import type { Session } from '../session';
import { amountText } from './journal';

interface AccountBalance {
  readonly account: string;
  readonly name: string;
  readonly minor: Minor;
}

/** The last day that is asked for: `--at`, the end of `--period`, or the end of the book. */
function dayOf(session: Session): string {
  const when = whenOf(session);
  const { periods } = session.book.chart;
  if (when.kind === 'day') return when.day;
  const period = when.kind === 'period' ? periods.find(({ id }) => id === when.period) : periods.at(-1);
  return period?.to ?? '';
}

export function runTrialBalance(session: Session): void {
  const { io, globals, projections, book, revision } = session;
  const day = dayOf(session);
  const { legs } = projections.get(Statements).books().world;
  const balances = [...book.chart.accounts.values()].flatMap(({ id, name }): AccountBalance[] => {
    let minor: Minor = 0;
    for (const leg of legs.byAccount.get(id) ?? [])
      if (leg.day <= day && leg.unit === book.chart.currency) minor = addMinor(minor, leg.minor);
    return minor === 0 ? [] : [{ account: id, name, minor }];
  });
  const side = (sign: 1 | -1): Minor =>
    balances.reduce<Minor>((sum, { minor }) => (minor > 0 === sign > 0 ? addMinor(sum, minor) : sum), 0);
  const negate = (minor: Minor): Minor => (minor === 0 ? 0 : -minor);
  const [debits, credits] = [side(1), negate(side(-1))];
  if (globals.json) {
    const accounts = balances.map(({ account, name, minor }) => ({
      account,
      name,
      minor: formatMinor(minor),
    }));
    return io.print(
      JSON.stringify(
        {
          schema: 'tieout.trial-balance/1',
          book: book.id,
          at: day,
          revision,
          unit: `${book.chart.currency} minor units`,
          accounts,
          debits: formatMinor(debits),
          credits: formatMinor(credits),
        },
        undefined,
        2,
      ),
    );
  }
  const cells = balances.map(({ account, name, minor }) => {
    const text = amountText(minor < 0 ? negate(minor) : minor, session);
    return { account, name, debit: minor > 0 ? text : '', credit: minor < 0 ? text : '' };
  });
  if (globals.csv) {
    const plain = (text: string): string => text.replaceAll(',', '');
    return io.print(
      [
        ['account', 'name', 'debit', 'credit'],
        ...cells.map((row) => [row.account, row.name, plain(row.debit), plain(row.credit)]),
      ]
        .map(csvRecord)
        .join('\n'),
    );
  }
  const { out } = io;
  const total = {
    account: 'Total',
    name: '',
    debit: amountText(debits, session),
    credit: amountText(credits, session),
  };
  const account = Math.max(...cells.map((row) => widthOf(row.account)), 7);
  const amount = Math.max(widthOf(total.debit), widthOf(total.credit), 8);
  const nameWidth = Math.max(0, Math.min(44, out.width - account - 2 * amount - 6));
  const row = ({ account: id, name, debit, credit }: typeof total): string => {
    const cut = widthOf(name) > nameWidth ? `${name.slice(0, Math.max(0, nameWidth - 1))}…` : name;
    const middle = nameWidth < 8 ? '' : `  ${padEnd(cut, nameWidth)}`;
    return forTerminal(
      `${padEnd(id, account)}${middle}  ${padStart(debit, amount)}  ${padStart(credit, amount)}`,
      out,
    );
  };
  const rule = (sign: string): string =>
    forTerminal(
      `${' '.repeat(account + (nameWidth < 8 ? 0 : nameWidth + 2))}  ${sign.repeat(amount)}  ${sign.repeat(amount)}`,
      out,
    );
  const head = `${book.amountUnit.text} · ${session.basis} · rev ${revision}`;
  io.print(forTerminal(`${paint(book.entity, 'bold', out)}\nTrial balance at ${day}\n${head}\n`, out));
  io.print(paint(row({ account: 'Account', name: 'Name', debit: 'Debit', credit: 'Credit' }), 'bold', out));
  for (const each of cells) io.print(row(each));
  io.print([rule('─'), row(total), rule('═')].join('\n'));
}
