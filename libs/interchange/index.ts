export { accountNames } from './src/account-names';
export type { AccountNames, NameStyle } from './src/account-names';
export { toBeancount } from './src/beancount';
export { toHledger } from './src/hledger';
export { toLedger } from './src/ledger';
export { publishedBalances } from './src/plain-text';
export type { JournalToExport, PublishedBalance } from './src/plain-text';
export { recordToHtml } from './src/record-html';
