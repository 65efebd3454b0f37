export { Amount, Difference } from './src/amount';
export { StateMark, stateGlyph, statesInOrder, stateWord, worstOf } from './src/state';
export type { AnyState } from './src/state';
export { StatementTables, statementUnit } from './src/statement';
export type { LinePlace, StatementView } from './src/statement';
export { moneyScales, scaledTo } from './src/units';
export type { MoneyScale, Scaled } from './src/units';
