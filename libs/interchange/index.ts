export { accountNames } from './src/account-names';
export type { AccountNames, NameStyle } from './src/account-names';
export { beancountLines, toBeancount } from './src/beancount';
export { hledgerLines, toHledger } from './src/hledger';
export { ledgerLines, toLedger } from './src/ledger';
export { publishedBalances } from './src/plain-text';
export type { JournalToExport, PublishedBalance } from './src/plain-text';
export { recordToHtml } from './src/record-html';
