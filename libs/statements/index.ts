export { coefficientOf, evaluator, indexLegs, legsBehind, linearForm } from './src/evaluate';
export type {
  EvaluatedWorld,
  Evaluator,
  HypotheticalWorld,
  LegIndex,
  LinearForm,
  World,
} from './src/evaluate';
export type {
  CellFigure,
  ChangeConcept,
  Concept,
  ConceptFormula,
  Layout,
  LayoutBlock,
  LayoutColumn,
  LayoutLine,
  LineStyle,
  PublishedFigure,
  QuotientConcept,
  RecordedConcept,
  SelectionConcept,
  SumConcept,
  Term,
} from './src/layout';
export { LayoutError } from './src/layout-error';
export { statementOf } from './src/statement';
export type {
  Statement,
  StatementBlock,
  StatementCell,
  StatementColumn,
  StatementLine,
  When,
} from './src/statement';
export { factId, isDay, isStock, parseFactId, timeOfCell } from './src/time';
export type { FactId } from './src/time';
export { addValues, inUnit, money, notDisclosed, valueText } from './src/value';
export type { Value } from './src/value';
