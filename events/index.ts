export { assert, errorCatalogue, ExitCode, LedgerError, refuse } from './src/refusal';
export type { ErrorCode, Place, Problem } from './src/refusal';
export {
  carriesEntry,
  entryEventNames,
  eventNames,
  entryPayload,
  payloadsV1,
  postingPayload,
  provenancePayload,
} from './src/payloads';
export type {
  BalancePayload,
  EntryEventName,
  EntryPayload,
  EventName,
  LedgerEvent,
  Payload,
  PostingPayload,
  ProvenancePayload,
  ReversalPayload,
} from './src/payloads';
export { canonical } from './src/canonical';
export {
  bodyAndLeaf,
  bodyOf,
  leafHash,
  leafOf,
  leafOfBytes,
  merkleRoot,
  newEventId,
  seedEventId,
  sha256,
} from './src/stored';
export type { NewEvent, StoredEvent } from './src/stored';
export {
  consistencyPath,
  inclusionPath,
  rootFromInclusion,
  rootsFromConsistency,
  subtreeHashes,
} from './src/merkle';
export type { SubtreeHash } from './src/merkle';
export { currentVersion, decode, isEventName, upcasters } from './src/registry';
export type { Upcasters } from './src/registry';
