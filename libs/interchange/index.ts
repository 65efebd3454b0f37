export { accountNames } from './src/account-names';
export type { AccountNames, NameStyle } from './src/account-names';
export { beancountWriter, toBeancount } from './src/beancount';
export { hledgerWriter, toHledger } from './src/hledger';
export { ledgerWriter, toLedger } from './src/ledger';
export { journalLines } from './src/plain-text';
export type { JournalWriter } from './src/plain-text';
export { recordToHtml } from './src/record-html';
export { surveyor } from './src/survey';
export type {
  AboutJournal,
  JournalToExport,
  PublishedBalance,
  Section,
  Survey,
  Surveyor,
} from './src/survey';
