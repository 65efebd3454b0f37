export { decimal } from './src/money';
export { figureState } from './src/state';
export type { FigureState } from './src/state';
export { statementDocument, statementLine } from './src/statement';
export type { StatementDocument, StatementLine, StatementTable } from './src/statement';
