export { pageLength } from './src/port';
export type {
  AppendResult,
  EventBody,
  EventLog,
  ReadBody,
  SealedPage,
  Snapshot,
  StreamAppend,
} from './src/port';
export { memoryStore } from './src/memory';
export { backupLog, bookOf, openEventLog, openMirror } from './src/open';
export { follow } from './src/follow';
export type { Followed } from './src/follow';
export { lookAt, misplaced, ownProblems, verifyLog } from './src/verify';
export type { LogVerification, LookedAt } from './src/verify';
export { BytesRead } from './src/row';
export type { Mirror, Planned } from './src/mirror';
export { headOf, proofHolds, proveEntry, proveGrowth } from './src/proof';
export type { EntryProof, GrowthProof, Head, Proof } from './src/proof';
