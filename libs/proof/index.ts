export { checkFigures, countTies, coverageOf, heldByTies, tiesAbout, tieStates } from './src/check';
export type { Check, CheckedFigure, CheckedTie, CheckInput } from './src/check';
export { figureCoverage } from './src/coverage';
export type { Basis, FigureCoverage, Reading, StatedFigure } from './src/coverage';
export type { Claim, DeclaredTie, Explanation } from './src/declared';
export { causeNames } from './src/diagnosis';
export type { Cause, CauseName, Diagnosing } from './src/diagnosis';
export { designMatrix, effects } from './src/design-matrix';
export type { Effect, LinearFact } from './src/design-matrix';
export { factsIn, parseExpression } from './src/expression';
export type { Parsed, Side } from './src/expression';
export { findingsOf, upkeepOf } from './src/findings';
export type { Finding, SideSaid } from './src/findings';
export { heldBy } from './src/held-by';
export type { TieState } from './src/hold';
export { inputsOf } from './src/inputs';
export type { Input } from './src/inputs';
export { movedFacts } from './src/moved';
export { figureOfClaim, printsOf, prose } from './src/prints';
export type { Print, Prints } from './src/prints';
export { redundancy } from './src/redundancy';
export type { FactRow, LinearBasis, Redundancy } from './src/redundancy';
export type { Repair } from './src/repair';
export { plantedKinds, selfTest } from './src/self-test';
export type { Planted, PlantedKind } from './src/self-test';
export { figureStates, intervalOf, smallestNoticed, stateGlyph, stateOf, worstState } from './src/state';
export type { FigureState, Held, Recorded } from './src/state';
export { holdFigures, proveFigures, worthOf } from './src/prove';
export type { HeldFigure, HoldInput, ProvedBy, ProvenFigure } from './src/prove';
export { rollForwards } from './src/roll-forward';
export { figuresOf, subjectsOf, tieKinds } from './src/ties';
export type { FootingInPrint, LedgerTie, PrintTie, Tie, TieKind } from './src/ties';
export { traceOf, usesOf } from './src/trace';
export type { Trace, TracedEntry, TracedMovement, Use } from './src/trace';
export { recordOf, recordSchema, sealed, verifiedBy } from './src/record';
export type { Difference, RecordInput, ReproducibilityRecord, SealedRecord } from './src/record';
export { claimNames } from './src/document/claim-names';
export type { NumberToken } from './src/document/numbers';
export type { StatedClaim } from './src/document/prose';
export type { TableCell, TableRow } from './src/document/tables';
export { tickDocument } from './src/document/tick';
export type { TickInput } from './src/document/tick';
export { countTokens, tokenStates } from './src/document/ticked';
export type {
  RepairedRow,
  TickedDocument,
  TickedLine,
  TickedNumber,
  TokenState,
} from './src/document/ticked';
