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
export { backupLog, bookOf, openEventLog, openMirror, storeMaker } from './src/open';
export { firstLoad, packed, unpacked } from './src/first-load';
export type { FirstLoad, LoadedEvent, LoadedSegment, PackedEvents, StoreWriter } from './src/first-load';
export { follow } from './src/follow';
export type { Followed } from './src/follow';
export { BytesRead } from './src/row';
export { lookAt, misplaced, ownProblems, verifyLog } from './src/verify';
export type { LogVerification, LookedAt } from './src/verify';
export type { Mirror, Planned } from './src/mirror';
export { headOf, proofHolds, proveEntry, proveGrowth } from './src/proof';
export type { EntryProof, GrowthProof, Head, Proof } from './src/proof';
