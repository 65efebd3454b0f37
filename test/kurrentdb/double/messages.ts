/**
 * Between the records of the double and the messages of KurrentDB's protocol, which the client's own package brings.
 */
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty as NoValue } from 'google-protobuf/google/protobuf/empty_pb';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import statuses from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb';
import v1 from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import v2 from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb';
import v2Errors from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/errors_pb';
import errors from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/errors_pb';
import type { Expected, NewRecord, Outcome, Recorded, StreamWrite } from './records';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const bytes = (said: string): Uint8Array => new Uint8Array(Buffer.from(said, 'utf8'));

export type Refused = Extract<Outcome, { done: false }>;

/** The four ways of saying what a stream is expected to be at. */
export function expectedOf(said: {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
  revision: string;
}): Expected {
  if (said.hasAny()) return 'any';
  if (said.hasNoStream()) return 'none';
  return said.hasStreamExists() ? 'exists' : Number(said.revision);
}

/** The second protocol writes them as numbers. */
export function expectedFromNumber(said: string): Expected {
  const named: Readonly<Record<string, Expected>> = { '-1': 'none', '-2': 'any', '-4': 'exists' };
  return named[said] ?? Number(said);
}

export const streamName = (identifier: shared.StreamIdentifier | undefined): string =>
  identifier === undefined ? '' : text(identifier.getStreamName_asU8());

export function recordOf(said: v1.AppendReq.ProposedMessage | v1.BatchAppendReq.ProposedMessage): NewRecord {
  return {
    id: idOf(said.getId()),
    type: said.getMetadataMap().get('type') ?? '',
    json: said.getMetadataMap().get('content-type') === 'application/json',
    data: said.getData_asU8(),
    metadata: said.getCustomMetadata_asU8(),
  };
}

/** A9: properties of the second protocol are read back as a JSON object of the metadata, beside what the server adds. */
export function writeOf(said: v2.AppendRequest): StreamWrite {
  const records = said.getRecordsList().map((record): NewRecord => {
    const properties: Record<string, string> = { '$schema.name': record.getSchema()?.getName() ?? '' };
    record.getPropertiesMap().forEach((value, key) => (properties[key] = value.getStringValue()));
    return {
      id: record.getRecordId() ?? '',
      type: record.getSchema()?.getName() ?? '',
      json: record.getSchema()?.getFormat() === v2.SchemaFormat.SCHEMA_FORMAT_JSON,
      data: record.getData_asU8(),
      metadata: bytes(JSON.stringify(properties)),
    };
  });
  return {
    stream: said.getStream(),
    expected: expectedFromNumber(said.getExpectedRevision() ?? '-2'),
    records,
  };
}

function idOf(id: shared.UUID | undefined): string {
  if (id === undefined) return '';
  if (!id.hasStructured()) return id.getString();
  const part = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex =
    part(id.getStructured()?.getMostSignificantBits() ?? '0') +
    part(id.getStructured()?.getLeastSignificantBits() ?? '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function uuid(id: string, structured: boolean): shared.UUID {
  if (!structured) return new shared.UUID().setString(id);
  const hex = id.replace(/-/g, '');
  const part = (from: number): string =>
    BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString();
  return new shared.UUID().setStructured(
    new shared.UUID.Structured().setMostSignificantBits(part(0)).setLeastSignificantBits(part(16)),
  );
}

export function readEvent(record: Recorded, structured: boolean): v1.ReadResp {
  const event = new v1.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuid(record.id, structured))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(bytes(record.stream)))
    .setStreamRevision(String(record.revision))
    .setPreparePosition(String(record.prepare))
    .setCommitPosition(String(record.commit))
    .setCustomMetadata(record.metadata)
    .setData(record.data);
  event.getMetadataMap().set('type', record.type);
  event.getMetadataMap().set('content-type', record.json ? 'application/json' : 'application/octet-stream');
  event.getMetadataMap().set('created', String(record.created));
  return new v1.ReadResp().setEvent(
    new v1.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(record.commit)),
  );
}

export function appended(outcome: Outcome): v1.AppendResp {
  if (outcome.done) {
    const position = new v1.AppendResp.Position()
      .setCommitPosition(String(outcome.commit))
      .setPreparePosition(String(outcome.commit));
    const success = new v1.AppendResp.Success()
      .setCurrentRevision(String(outcome.revisions[0]))
      .setPosition(position);
    return new v1.AppendResp().setSuccess(success);
  }
  const refused = new v1.AppendResp.WrongExpectedVersion();
  if (outcome.actual < 0) refused.setCurrentNoStream(new shared.Empty());
  else refused.setCurrentRevision(String(outcome.actual));
  if (outcome.expected === 'none') refused.setExpectedNoStream(new shared.Empty());
  else refused.setExpectedRevision(String(outcome.expected));
  return new v1.AppendResp().setWrongExpectedVersion(refused);
}

export function batchAppended(
  correlation: shared.UUID | undefined,
  stream: string,
  outcome: Outcome,
): v1.BatchAppendResp {
  const answer = new v1.BatchAppendResp()
    .setCorrelationId(correlation)
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(bytes(stream)));
  if (outcome.done) {
    const position = new shared.AllStreamPosition()
      .setCommitPosition(String(outcome.commit))
      .setPreparePosition(String(outcome.commit));
    return answer.setSuccess(
      new v1.BatchAppendResp.Success().setCurrentRevision(String(outcome.revisions[0])).setPosition(position),
    );
  }
  const refused = new shared.WrongExpectedVersion();
  if (outcome.actual < 0) refused.setCurrentNoStream(new NoValue());
  else refused.setCurrentStreamRevision(String(outcome.actual));
  if (outcome.expected === 'none') refused.setExpectedNoStream(new NoValue());
  else refused.setExpectedStreamPosition(String(outcome.expected));
  return answer.setError(
    new statuses.Status().setDetails(
      packed(refused.serializeBinary(), 'event_store.client.WrongExpectedVersion'),
    ),
  );
}

/** A3 in the second protocol: the stream that moved on, in the details of the status. */
export function conflict(refused: Refused): Partial<ServiceError> {
  const number = { none: -1, any: -2, exists: -4 };
  const details = new v2Errors.StreamRevisionConflictErrorDetails()
    .setStream(refused.stream)
    .setExpectedRevision(
      String(typeof refused.expected === 'number' ? refused.expected : number[refused.expected]),
    )
    .setActualRevision(String(refused.actual));
  return detailed(
    status.FAILED_PRECONDITION,
    packed(details.serializeBinary(), 'kurrentdb.protocol.v2.streams.StreamRevisionConflictErrorDetails'),
  );
}

/** A11: what is larger than the server allows is refused, in three ways, and nothing of it is written. */
export function tooLarge(size: number, maxSize: number, protocol: 1 | 2): Partial<ServiceError> {
  if (protocol === 2) {
    const details = new v2Errors.AppendTransactionSizeExceededErrorDetails()
      .setSize(size)
      .setMaxSize(maxSize);
    return detailed(
      status.ABORTED,
      packed(
        details.serializeBinary(),
        'kurrentdb.protocol.v2.streams.AppendTransactionSizeExceededErrorDetails',
      ),
    );
  }
  const metadata = new Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(maxSize));
  return { code: status.INVALID_ARGUMENT, details: `Maximum Append Size of ${maxSize} Exceeded.`, metadata };
}

export function batchTooLarge(
  correlation: shared.UUID | undefined,
  stream: string,
  maxSize: number,
): v1.BatchAppendResp {
  const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxSize);
  return new v1.BatchAppendResp()
    .setCorrelationId(correlation)
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(bytes(stream)))
    .setError(
      new statuses.Status().setDetails(
        packed(details.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded'),
      ),
    );
}

/** A8: a node that does not lead says so and names the leader; the two protocols say it differently. */
export function notLeader(
  leader: { readonly host: string; readonly port: number },
  protocol: 1 | 2,
): Partial<ServiceError> {
  if (protocol === 2) {
    const node = new errors.NotLeaderNodeErrorDetails.NodeInfo().setHost(leader.host).setPort(leader.port);
    const details = new errors.NotLeaderNodeErrorDetails().setCurrentLeader(node);
    return detailed(
      status.FAILED_PRECONDITION,
      packed(details.serializeBinary(), 'kurrent.rpc.NotLeaderNodeErrorDetails'),
    );
  }
  const metadata = new Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', leader.host);
  metadata.set('leader-endpoint-port', String(leader.port));
  return { code: status.NOT_FOUND, details: 'Leader info available', metadata };
}

function packed(message: Uint8Array, name: string): Any {
  const any = new Any();
  any.pack(message, name);
  return any;
}

function detailed(code: status, details: Any): Partial<ServiceError> {
  const metadata = new Metadata();
  const message = new statuses.Status().setDetails(details);
  metadata.set('grpc-status-details-bin', Buffer.from(message.serializeBinary()));
  return { code, details: 'refused', metadata };
}
