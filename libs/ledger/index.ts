export { accountRoles, accountTypes, inFamily, movementGroups } from './src/chart';
export type { Account, AccountRole, AccountType, Chart, Dimension, Movement, Period } from './src/chart';
export { entryFromEvent, eventFromEntry } from './src/entry';
export type { Entry, Posting, Provenance } from './src/entry';
export { closest, didYouMean, editDistance } from './src/names';
export { checkPostingRule, describePostingRule } from './src/posting-rule';
