export type { AppendResult, EventLog, Snapshot, StreamAppend } from './src/port';
