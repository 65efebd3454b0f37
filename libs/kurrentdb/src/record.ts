/**
 * An event of a log as a record of the cluster, and back.
 *
 * The stream `2022H1` of the book `corner-shop` is the cluster's stream `tieout-corner-shop:2022H1`, so that a cluster
 * holds many books and one prefix finds all of a book. The data is the payload; the metadata, strings only (the server
 * asks for that where several streams are written at once), is what else the event says. `recordedAt` is ours: the
 * server's own time has whole seconds. What a server adds to the metadata is not looked at.
 *
 * NOTE stored format: stream names and metadata keys stand in clusters for ever.
 */
import {
  jsonEvent,
  type AllStreamRecordedEvent,
  type EventData,
  type JSONType,
} from '@kurrent/kurrentdb-client';
import { LedgerError, leafHash, type StoredEvent } from '@tieout/events';

/** What all streams of a book begin with, and no stream of another book. */
export const prefixOf = (book: string): string => `tieout-${book}:`;

/**
 * A stream beside the book that every append of entries moves on by one record. An entry stands once in a log, whatever
 * its stream, and only this tells the server of two writers who post it to two streams at the same moment.
 */
export const turnsOf = (book: string): string => `tieout-${book}#turns`;

/** The record of a turn: no part of the log. */
export const turn = (entries: number): EventData => jsonEvent({ type: 'EntriesAppended', data: { entries } });

/** An event to be written; its revision and position are decided where it is committed. */
export function recordFrom(event: StoredEvent): EventData {
  const { id, name, version, payload, recordedAt, actor, causationId, correlationId } = event;
  const metadata = {
    version: String(version),
    recordedAt,
    actor,
    ...(causationId === undefined ? {} : { causationId }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
  return jsonEvent({ id, type: name, data: payload as JSONType, metadata });
}

/** A record of a book as an event at a position of its log. Refuses (E401) a record that no Tieout wrote. */
export function eventFrom(record: AllStreamRecordedEvent, book: string, position: number): StoredEvent {
  const { id, type, data, metadata, streamId, revision, isJson } = record;
  const stream = streamId.slice(prefixOf(book).length);
  const said = Object(metadata) as Readonly<Record<string, unknown>>;
  const { version, recordedAt, actor, causationId, correlationId } = said;
  if (
    !isJson ||
    typeof version !== 'string' ||
    !/^[1-9]\d*$/.test(version) ||
    typeof recordedAt !== 'string' ||
    typeof actor !== 'string'
  ) {
    throw foreign(`revision ${revision} of stream ${streamId} is not an event of Tieout`, position);
  }
  const event = {
    id,
    name: type,
    version: Number(version),
    payload: data,
    recordedAt,
    actor,
    stream,
    revision: Number(revision),
    position,
    ...(typeof causationId === 'string' ? { causationId } : {}),
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
  };
  return { ...event, leaf: leafHash(event) };
}

function foreign(message: string, position: number): LedgerError {
  return new LedgerError([
    {
      code: 'E401',
      message,
      at: { file: `event ${position}` },
      help: 'only Tieout writes into streams of this prefix; restore the cluster from a backup of before',
    },
  ]);
}
