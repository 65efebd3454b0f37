export { append } from './src/append';
export type { Admission, AppendOptions, Said } from './src/append';
export { entriesBehind, isSurplus, suspectsOf } from './src/behind';
export type { Behind, Broken } from './src/behind';
export { bookFolder, defaultBook, openBook } from './src/book-in-use';
export type { BookInUse } from './src/book-in-use';
export { checked, provenFigures } from './src/checked';
export type { Checked } from './src/checked';
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
export { suggestion } from './src/suggestion';
export { layoutOf, whenOf } from './src/when';
export { askedOf, scenarioContext } from './src/what-if';
export { checkAnswer, checkDocument, checkIn, countIn, testedIn } from './src/check';
export type { CheckAnswer, CheckAsked } from './src/check';
export { coverageDocument } from './src/coverage';
export { explainDocument, explained, explainIn } from './src/explain';
export type { Explained } from './src/explain';
export { figureDocument, figuresDocument, figuresIn } from './src/figures';
export { sourceDocument } from './src/source-lines';
export { tieDocument, tiesDocument } from './src/ties';
export type { TiesAsked } from './src/ties';
