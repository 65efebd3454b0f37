/**
 * `tb`: what every account stands at, in debit and credit columns that foot to the same.
 */
import { trialBalance, trialBalanceDocument } from '@tieout/answers';
import { absoluteMinor } from '@tieout/money';
import { csvRecord, forTerminal, padEnd, padStart, paint, widthOf } from '../print/text';
import type { Session } from '../session';
import { amountText } from './journal';

export function runTrialBalance(session: Session): void {
  const { io, globals, book, revision } = session;
  if (globals.json) return io.print(JSON.stringify(trialBalanceDocument(session), undefined, 2));
  const { day, balances, debits, credits } = trialBalance(session);
  const cells = balances.map(({ account, name, minor }) => {
    const text = amountText(absoluteMinor(minor), session);
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
