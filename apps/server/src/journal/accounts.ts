/**
 * What postings may name, and what every account stands at.
 */
import { Controller, Inject } from '@nestjs/common';
import * as answers from '@tieout/answers';
import * as documents from '@tieout/documents';
import { Asked, Books, Question, type AskedOf } from '../platform';

/** As `tieout tb --csv`, in minor units. */
const tableOf = ({ accounts }: documents.TrialBalanceDocument): readonly (readonly string[])[] => [
  ['account', 'name', 'debit', 'credit'],
  ...accounts.map(({ account, name, minor }) =>
    minor.startsWith('-') ? [account, name, '', minor.slice(1)] : [account, name, minor, ''],
  ),
];

@Controller('books/:book')
export class AccountQuestions {
  constructor(@Inject(Books) private readonly books: Books) {}

  @Question('accounts', {
    answers: documents.accountsDocument,
    summary: 'The chart of accounts, movements and dimensions',
    example: '/books/{book}/accounts',
    rows: ({ accounts }) => accounts,
  })
  accounts(@Asked() asked: AskedOf) {
    return this.books.answer(asked, answers.accountsDocument);
  }

  @Question('trial-balance', {
    answers: documents.trialBalanceDocument,
    summary: 'What every account stands at, in debit and credit that foot to the same',
    command: 'tb',
    example: '/books/{book}/trial-balance',
    table: tableOf,
    rows: ({ accounts }) => accounts,
  })
  trialBalance(@Asked() asked: AskedOf) {
    return this.books.answer(asked, answers.trialBalanceDocument);
  }
}
