export { decimal } from './src/money';
export { statementDocument, statementLine } from './src/statement';
export type { StatementDocument } from './src/statement';
