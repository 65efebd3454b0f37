export type { AppendResult, EventLog, Snapshot, StreamAppend } from './src/port';
export { bookOf, openEventLog } from './src/open';
export { verifyLog } from './src/verify';
export type { LogVerification } from './src/verify';
