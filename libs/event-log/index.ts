export { pageLength } from './src/port';
export type { AppendResult, EventBody, EventLog, SealedPage, Snapshot, StreamAppend } from './src/port';
export { memoryStore } from './src/memory';
export { backupLog, bookOf, openEventLog, openMirror } from './src/open';
export { follow } from './src/follow';
export type { Followed } from './src/follow';
export { verifyLog } from './src/verify';
export type { LogVerification } from './src/verify';
export type { Mirror, Planned } from './src/mirror';
