export { append } from './src/append';
export type { Admission, AppendOptions, Said } from './src/append';
export { entriesBehind, isSurplus, suspectsOf } from './src/behind';
export type { Behind, Broken } from './src/behind';
export { bridgeDocument, bridgeNames } from './src/bridges';
export type { BridgeName } from './src/bridges';
export { bookFolder, defaultBook, openBook } from './src/book-in-use';
export type { BookInUse } from './src/book-in-use';
export { checked, provenFigures } from './src/checked';
export type { Checked } from './src/checked';
export { checkAnswer, checkDocument, checkIn, countIn, testedIn } from './src/check';
export type { CheckAnswer, CheckAsked } from './src/check';
export { coverageDocument } from './src/coverage';
export { explainDocument, explained, explainIn } from './src/explain';
export type { Explained } from './src/explain';
export { figureDocument, figuresDocument, figuresIn } from './src/figures';
export { factAsked } from './src/figure-search';
export { heldFigures, publishedBy } from './src/prove';
export {
  basisOf,
  closeSession,
  keep,
  knownAtOf,
  openLedger,
  openSession,
  replayed,
  storeUrl,
} from './src/session';
export type { Axes, Host, Ledger, Replays, Session, Source } from './src/session';
export { change } from './src/change';
export { statementDocument, statementJson } from './src/statement';
export { isCluster, openStore } from './src/store';
export { sourceDocument } from './src/source-lines';
export { isSamePerson } from './src/person';
export { suggestion } from './src/suggestion';
export { tieDocument, tiesDocument } from './src/ties';
export type { TiesAsked } from './src/ties';
export { countMarkNames, markNameOf, markNames, whyOf } from './src/marks';
export { tickFindings, ticking, ticksDocument, ticksIn } from './src/ticks';
export type { TextOf, Ticking, TicksAsked } from './src/ticks';
export {
  changedFiles,
  readRecord,
  recordDocument,
  recordOfLedger,
  recordVerification,
  verification,
} from './src/record';
export type { ReadRecord, Tool } from './src/record';
export { layoutOf, whenOf } from './src/when';
export { journalFormats, journalPieces, surveyOf } from './src/journal-export';
export type { JournalFormat } from './src/journal-export';
export { reportDocuments } from './src/report';
export { askedOf, scenarioContext } from './src/what-if';
export {
  atFlags,
  flag,
  pairOf,
  scenarioFromFlags,
  scenarioOfBook,
  scenariosAsked,
} from './src/scenario-asked';
export {
  changedFigure,
  driversDocument,
  scenariosDocument,
  unitOfDriver,
  whatIfBridgeDocument,
  whatIfCompareDocument,
  whatIfDocument,
  whatIfSeekDocument,
  whatIfTableDocument,
  whatIfTornadoDocument,
} from './src/what-if-documents';
export { rangeAsked, whatIfRangeDocument } from './src/what-if-range';
export { savedScenario } from './src/what-if-saved';
export {
  approveExplanation,
  confirmRepair,
  explainBreak,
  explainedDocument,
  proposeExplanation,
} from './src/decisions';
export type { ExplanationAsked } from './src/decisions';
export { diffDocument } from './src/diff';
export {
  debitsOf,
  entriesDocument,
  entryDocument,
  eventsDocument,
  feedsDocument,
  lineOfEntry,
} from './src/journal';
export type { EntriesAsked } from './src/journal';
export { logDocument, logLine } from './src/log';
export { closePeriod, periodsDocument, reopenPeriod } from './src/periods';
export { postDocument, postEntries, resultOf, reverse } from './src/post';
export type { Posted, ReversalAsked } from './src/post';
export { accountsDocument, trialBalance, trialBalanceDocument } from './src/trial-balance';
export { lineDocument } from './src/line';
export type { LineAsked } from './src/line';
export { restatedDocument, restatements, restatementStandard } from './src/restated';
export type { Restated, RestatedAsked } from './src/restated';
