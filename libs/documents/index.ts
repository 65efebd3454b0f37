export { bookDocument, bookListDocument, statementListDocument } from './src/book';
export type { BookDocument, BookListDocument } from './src/book';
export { jobDocument, jobNames, writtenDocument } from './src/server';
export type { JobDocument, JobName } from './src/server';
export { decimal } from './src/money';
export { figureState } from './src/state';
export type { FigureState } from './src/state';
export { statementDocument, statementLine } from './src/statement';
export type { StatementDocument, StatementLine, StatementTable } from './src/statement';
export { checkDocument, coverageDocument, finding } from './src/check';
export type { CheckDocument, CoverageDocument, FindingDocument, FindingSide } from './src/check';
export { explainDocument } from './src/explain';
export type { ExplainDocument } from './src/explain';
export { figureDocument, figuresDocument } from './src/figures';
export type { FigureDocument, FiguresDocument } from './src/figures';
export { recordDocument, recordVerificationDocument } from './src/record';
export type { RecordDocument, RecordVerificationDocument } from './src/record';
export { sourceDocument } from './src/source';
export type { SourceDocument, SourceNumber } from './src/source';
export { markName, tickDocument } from './src/tick';
export type { MarkName, RepairedTable, TickDocument, TickedNumberDocument } from './src/tick';
export { tieDocument, tieKind, tiesDocument, tieState } from './src/ties';
export type { TieDocument, TieLine, TiesDocument, TieTerm } from './src/ties';
export { accountsDocument, trialBalanceDocument } from './src/accounts';
export type { AccountsDocument, TrialBalanceDocument } from './src/accounts';
export { decisionDocument, explainedDocument, proposalBody, reasonBody, reversalBody } from './src/decisions';
export type { DecisionDocument, ExplainedDocument } from './src/decisions';
export {
  entriesDocument,
  entryDocument,
  eventsDocument,
  feedsDocument,
  logDocument,
  postDocument,
  storedEvent,
} from './src/journal';
export type {
  EntriesDocument,
  EntryDocument,
  EventsDocument,
  FeedsDocument,
  LogDocument,
  LogLineDocument,
  PostDocument,
} from './src/journal';
export { closingDocument, diffDocument, periodsDocument, restatedDocument } from './src/periods';
export type { ClosingDocument, DiffDocument, PeriodsDocument, RestatedDocument } from './src/periods';
export { lineDocument } from './src/line';
export type { LineDocument } from './src/line';
export {
  driversDocument,
  scenariosDocument,
  whatIfBody,
  whatIfBridgeBody,
  whatIfBridgeDocument,
  whatIfCompareDocument,
  whatIfDocument,
  whatIfRangeBody,
  whatIfRangeDocument,
  whatIfSavedBody,
  whatIfSavedDocument,
  whatIfSeekBody,
  whatIfSeekDocument,
  whatIfTableBody,
  whatIfTableDocument,
  whatIfTornadoBody,
  whatIfTornadoDocument,
} from './src/what-if';
export type {
  DriversDocument,
  ScenariosDocument,
  WhatIfBody,
  WhatIfBridgeDocument,
  WhatIfCompareDocument,
  WhatIfDocument,
  WhatIfRangeDocument,
  WhatIfSavedDocument,
  WhatIfSeekDocument,
  WhatIfTableDocument,
  WhatIfTornadoDocument,
} from './src/what-if';
export { bridgeDocument } from './src/bridge';
export type { BridgeDocument } from './src/bridge';
export type { ReportDocuments } from './src/report';
