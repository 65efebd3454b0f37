/**
 * The test double of a KurrentDB cluster: gRPC nodes on ports of this machine that the real client talks to.
 *
 * All nodes serve one set of records, as if replication took no time (A7). What a real cluster does badly is done on
 * demand: a write fails before or after it is committed, the leader moves, all nodes stop and start again.
 */
import {
  Server,
  ServerCredentials,
  status,
  type ServiceError,
  type Metadata,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { GossipService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb';
import { ServerFeaturesService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { StreamsService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import v1 from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { StreamsServiceService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_grpc_pb';
import v2 from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb';
import {
  appended,
  batchAppended,
  batchTooLarge,
  conflict,
  expectedOf,
  notLeader,
  readEvent,
  recordOf,
  streamName,
  tooLarge,
  writeOf,
} from './messages';
import { records, type Outcome, type Recorded, type Records, type StreamWrite } from './records';

/** How a write fails: it is not made; it is made and nobody is told; it is made a moment after its failure was told. */
export type Fault = 'before' | 'after' | 'late';

/** Longer than a client takes to connect again and retry. */
const moment = 150;

export interface DoubleOptions {
  /** 1 by default. */
  readonly nodes?: number;
  /** Whether the server has the second protocol, since 25.1: by default yes. */
  readonly multiStream?: boolean;
  /** PEM key and certificate; without them the nodes speak plain text. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
  /** Bytes of data and metadata that an append may have: by default any number. */
  readonly maxAppendSize?: number;
  /** What a call has to bring as `authorization`, where anything is asked. */
  readonly authorization?: string;
}

export interface Double {
  readonly records: Records;
  /** `127.0.0.1:PORT,127.0.0.1:PORT`: every node. */
  readonly hosts: string;
  /** The next writes fail, one each. */
  fail(...faults: readonly Fault[]): void;
  /** Faults that were not met yet. */
  faultsLeft(): number;
  /** The leader stops and the next node leads; the one that stopped before starts again. One node stops and starts. */
  moveLeader(): Promise<void>;
  /** All nodes stop, and start at the same ports. */
  restart(): Promise<void>;
  stopAll(): void;
}

const host = '127.0.0.1';

export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const store = records();
  const faults: Fault[] = [];
  const nodes: { server: Server; port: number }[] = [];
  let leader = 0;
  let down = -1;

  const credentials = (): ServerCredentials =>
    options.tls
      ? ServerCredentials.createSsl(null, [
          { private_key: options.tls.key, cert_chain: options.tls.certificate },
        ])
      : ServerCredentials.createInsecure();

  /** Refuses a call without the credentials asked for, and one that only the leader may answer. */
  const refusal = (node: number, metadata: Metadata, protocol: 1 | 2): Partial<ServiceError> | undefined => {
    if (options.authorization !== undefined && metadata.get('authorization')[0] !== options.authorization)
      return { code: status.UNAUTHENTICATED, details: 'no valid credentials' };
    const asked = protocol === 2 || metadata.get('requires-leader')[0] === 'true';
    return asked && node !== leader
      ? notLeader({ host, port: nodes[leader]?.port ?? 0 }, protocol)
      : undefined;
  };

  const maxSize = options.maxAppendSize ?? Infinity;
  const sizeOf = (writes: readonly StreamWrite[]): number =>
    writes.flatMap((w) => w.records).reduce((sum, r) => sum + r.data.length + r.metadata.length, 0);

  /** A write, or the fault that is due instead of its answer. */
  const write = (writes: readonly StreamWrite[]): Outcome | undefined => {
    const fault = faults.shift();
    if (fault === 'late') setTimeout(() => store.write(writes), moment);
    if (fault === 'late' || fault === 'before') return undefined;
    const outcome = store.write(writes);
    return fault === 'after' ? undefined : outcome;
  };

  const services = (node: number): Server => {
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });

    server.addService(GossipService, {
      read(
        _call: ServerUnaryCall<shared.Empty, gossip.ClusterInfo>,
        done: sendUnaryData<gossip.ClusterInfo>,
      ) {
        const { VNodeState } = gossip.MemberInfo;
        const members = nodes.map(({ port }, i) =>
          new gossip.MemberInfo()
            .setInstanceId(new shared.UUID().setString(`00000000-0000-7000-8000-00000000000${i}`))
            .setIsAlive(i !== down)
            .setTimeStamp('0')
            .setState(i === leader ? VNodeState.LEADER : VNodeState.FOLLOWER)
            .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port)),
        );
        done(null, new gossip.ClusterInfo().setMembersList(members));
      },
    });

    server.addService(ServerFeaturesService, {
      getSupportedMethods(
        _call: ServerUnaryCall<shared.Empty, features.SupportedMethods>,
        done: sendUnaryData<features.SupportedMethods>,
      ) {
        const method = (service: string, name: string): features.SupportedMethod =>
          new features.SupportedMethod().setServiceName(service).setMethodName(name);
        const methods = [
          method('event_store.client.streams.streams', 'append'),
          method('event_store.client.streams.streams', 'batchappend'),
          method('event_store.client.streams.streams', 'read'),
        ];
        if (options.multiStream !== false)
          methods.push(method('kurrentdb.protocol.v2.streams.streamsservice', 'appendsession'));
        const version = options.multiStream === false ? '24.10.0' : '25.1.0';
        done(
          null,
          new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(version),
        );
      },
    });

    server.addService(StreamsService, {
      append(call: ServerReadableStream<v1.AppendReq, v1.AppendResp>, done: sendUnaryData<v1.AppendResp>) {
        const requests: v1.AppendReq[] = [];
        call.on('data', (request: v1.AppendReq) => requests.push(request));
        call.on('error', () => undefined);
        call.on('end', () => {
          const refused = refusal(node, call.metadata, 1);
          if (refused) return done(refused);
          const said = requests[0]?.getOptions();
          const writes: StreamWrite[] = [
            {
              stream: streamName(said?.getStreamIdentifier()),
              expected: said ? expectedOf(Object.assign(said, { revision: said.getRevision() })) : 'any',
              records: requests.flatMap((r) => {
                const message = r.getProposedMessage();
                return message ? [recordOf(message)] : [];
              }),
            },
          ];
          if (sizeOf(writes) > maxSize) return done(tooLarge(sizeOf(writes), maxSize, 1));
          const outcome = write(writes);
          if (outcome) done(null, appended(outcome));
          else done({ code: status.UNAVAILABLE, details: 'fault' });
        });
      },

      batchAppend(call: ServerDuplexStream<v1.BatchAppendReq, v1.BatchAppendResp>) {
        const open = new Map<
          string,
          { said: v1.BatchAppendReq.Options; messages: v1.BatchAppendReq.ProposedMessage[] }
        >();
        call.on('data', (request: v1.BatchAppendReq) => {
          const refused = refusal(node, call.metadata, 1);
          if (refused) return void call.emit('error', refused);
          const correlation = request.getCorrelationId();
          const key = correlation?.getString() ?? '';
          const said = request.getOptions();
          if (said) open.set(key, { said, messages: [] });
          const batch = open.get(key);
          if (!batch) return;
          batch.messages.push(...request.getProposedMessagesList());
          if (!request.getIsFinal()) return;
          open.delete(key);
          const stream = streamName(batch.said.getStreamIdentifier());
          const expected = expectedOf(
            Object.assign(batch.said, { revision: batch.said.getStreamPosition() }),
          );
          const writes = [{ stream, expected, records: batch.messages.map(recordOf) }];
          if (sizeOf(writes) > maxSize) return void call.write(batchTooLarge(correlation, stream, maxSize));
          const outcome = write(writes);
          if (outcome) call.write(batchAppended(correlation, stream, outcome));
          else call.emit('error', { code: status.UNAVAILABLE, details: 'fault' });
        });
        call.on('error', () => undefined);
        call.on('end', () => call.end());
      },

      read(call: ServerWritableStream<v1.ReadReq, v1.ReadResp>) {
        const refused = refusal(node, call.metadata, 1);
        if (refused) return void call.emit('error', refused);
        read(call, store);
      },

      delete: unsupported,
      tombstone: unsupported,
    });

    if (options.multiStream !== false) {
      server.addService(StreamsServiceService, {
        appendSession(
          call: ServerReadableStream<v2.AppendRequest, v2.AppendSessionResponse>,
          done: sendUnaryData<v2.AppendSessionResponse>,
        ) {
          const requests: v2.AppendRequest[] = [];
          call.on('data', (request: v2.AppendRequest) => requests.push(request));
          call.on('error', () => undefined);
          call.on('end', () => {
            const refused = refusal(node, call.metadata, 2);
            if (refused) return done(refused);
            const writes = requests.map(writeOf);
            if (sizeOf(writes) > maxSize) return done(tooLarge(sizeOf(writes), maxSize, 2));
            const outcome = write(writes);
            if (outcome === undefined) return done({ code: status.UNAVAILABLE, details: 'fault' });
            if (!outcome.done) return done(conflict(outcome));
            const output = writes.map(({ stream }, i) =>
              new v2.AppendResponse().setStream(stream).setStreamRevision(String(outcome.revisions[i])),
            );
            done(
              null,
              new v2.AppendSessionResponse().setOutputList(output).setPosition(String(outcome.commit)),
            );
          });
        },
        appendRecords: unsupported,
      });
    }
    return server;
  };

  const start = async (node: number, port: number): Promise<void> => {
    const server = services(node);
    const bound = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`${host}:${port}`, credentials(), (error, at) =>
        error ? reject(error) : resolve(at),
      );
    });
    nodes[node] = { server, port: bound };
  };
  for (let node = 0; node < (options.nodes ?? 1); node += 1) await start(node, 0);

  const stop = (node: number): void => nodes[node]?.server.forceShutdown();
  const again = (node: number): Promise<void> => start(node, nodes[node]?.port ?? 0);
  return {
    records: store,
    hosts: nodes.map(({ port }) => `${host}:${port}`).join(),
    fail: (...due) => void faults.push(...due),
    faultsLeft: () => faults.length,
    async moveLeader() {
      const back = down;
      down = leader;
      leader = (leader + 1) % nodes.length;
      stop(down);
      if (back >= 0) await again(back);
      if (nodes.length > 1) return;
      await again(down);
      down = -1;
    },
    async restart() {
      nodes.forEach((_node, i) => stop(i));
      down = -1;
      for (let node = 0; node < nodes.length; node += 1) await again(node);
    },
    stopAll: () => nodes.forEach((_node, i) => stop(i)),
  };
}

const unsupported = (_call: unknown, done: sendUnaryData<never>): void =>
  done({ code: status.UNIMPLEMENTED, details: 'the double does not do this' });

/** Reads of a stream or of all, once or for ever. */
function read(call: ServerWritableStream<v1.ReadReq, v1.ReadResp>, store: Records): void {
  const options = call.request.getOptions();
  const structured = options?.getUuidOption()?.hasStructured() ?? false;
  const send = (record: Recorded): void => void call.write(readEvent(record, structured));

  const stream = options?.getStream();
  if (stream) {
    const identifier = stream.getStreamIdentifier();
    const found = store.stream(streamName(identifier));
    const count = Number(options?.getCount() ?? 0);
    if (found.length === 0)
      call.write(
        new v1.ReadResp().setStreamNotFound(new v1.ReadResp.StreamNotFound().setStreamIdentifier(identifier)),
      );
    else if (options?.getReadDirection() === v1.ReadReq.Options.ReadDirection.BACKWARDS)
      found
        .slice(0, stream.hasRevision() ? Number(stream.getRevision()) + 1 : undefined)
        .reverse()
        .slice(0, count)
        .forEach(send);
    else {
      const from = stream.hasRevision() ? Number(stream.getRevision()) : 0;
      found.slice(from, from + count).forEach(send);
    }
    return void call.end();
  }

  const all = options?.getAll();
  const position = all?.getPosition();
  const prefixes = options?.getFilter()?.getStreamIdentifier()?.getPrefixList();
  const matches = (record: Recorded): boolean => prefixes?.some((p) => record.stream.startsWith(p)) ?? true;
  const from = position && {
    commit: BigInt(position.getCommitPosition()),
    prepare: BigInt(position.getPreparePosition()),
  };
  const found = store.all(from).filter(matches);
  if (!options?.hasSubscription()) {
    found.slice(0, Number(options?.getCount() ?? 0)).forEach(send);
    return void call.end();
  }
  call.write(
    new v1.ReadResp().setConfirmation(new v1.ReadResp.SubscriptionConfirmation().setSubscriptionId('double')),
  );
  // A subscription begins after its position, a read at it (A6).
  found
    .filter((r) => from === undefined || r.commit !== from.commit || r.prepare !== from.prepare)
    .forEach(send);
  call.write(new v1.ReadResp().setCaughtUp(new v1.ReadResp.CaughtUp()));
  const stop = store.onWrite((added) => added.filter(matches).forEach(send));
  call.on('cancelled', stop);
  call.on('close', stop);
}
