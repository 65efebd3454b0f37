/**
 * The journal index: every entry of the log, in order, with the position that it stands at.
 *
 * It answers what a cube cannot: which entries are behind a figure. Selections run on its postings and on the cube's
 * cells alike. Invariant: the postings of all its entries fold to the trial balance.
 */
import { Injectable } from '@nestjs/common';
import { carriesEntry, type LedgerEvent } from '@tieout/events';
import { entryFromEvent, eventFromEntry, type Entry } from '@tieout/ledger';
import type { Draft } from 'immer';
import { Projection, type LogEvent, type ProjectionHandler } from './projection';

export interface JournalLine {
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly entry: Entry;
}

export interface Journal {
  readonly lines: readonly JournalLine[];
}

type StoredLine = Omit<JournalLine, 'entry'> & { readonly event: LedgerEvent };

@Projection({ name: 'journal-index', version: 1 })
@Injectable()
export class JournalIndex implements ProjectionHandler<Journal> {
  initial(): Journal {
    return { lines: [] };
  }

  apply(draft: Draft<Journal>, events: Iterable<LogEvent>): void {
    const lines: JournalLine[] = [];
    for (const { event, position, recordedAt, actor } of events) {
      if (carriesEntry(event)) lines.push({ position, recordedAt, actor, entry: entryFromEvent(event) });
    }
    (draft.lines as JournalLine[]).push(...lines);
  }

  toJson(state: Journal): unknown {
    return state.lines.map(({ entry, ...line }): StoredLine => ({ ...line, event: eventFromEntry(entry) }));
  }

  fromJson(json: unknown): Journal {
    const lines = (json as StoredLine[]).map(({ event, ...line }): JournalLine => {
      if (!carriesEntry(event)) throw new Error('assertion failed: a journal line without an entry');
      return { ...line, entry: entryFromEvent(event) };
    });
    return { lines };
  }
}
