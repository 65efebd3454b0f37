/**
 * What a projection is: a Nest provider, marked `@Projection`, that folds the events of a log into a state.
 *
 * Handlers run in log order, in batches, and no event is ever skipped; so they are called by the replay directly and
 * not through an event bus, which reorders and swallows. A state is changed through one Immer draft a batch.
 */
import type { LedgerEvent } from '@tieout/events';
import { DiscoveryService } from '@nestjs/core';
import type { Draft } from 'immer';

/** An event decoded, at its place in the log. */
export interface LogEvent {
  readonly position: number;
  readonly event: LedgerEvent;
  readonly recordedAt: string;
  readonly actor: string;
  readonly id: string;
}

export interface ProjectionOptions {
  /** Stands in stored snapshots and in messages. */
  readonly name: string;
  /** Raise it when the same events fold to another state: older snapshots are then not used. */
  readonly version: number;
}

/** Marks a provider as a projection; found by Nest's DiscoveryService. */
export const Projection = DiscoveryService.createDecorator<ProjectionOptions>();

export interface ProjectionHandler<State> {
  /** Before the first event. */
  initial(): State;
  /**
   * Fold a batch of events, in log order, into the draft. Throws where it cannot take one: the replay stops there and
   * names it (the last event taken from the iterable), the projection and the cause.
   */
  apply(draft: Draft<State>, events: Iterable<LogEvent>): void;
  /** Canonical: the same state gives the same JSON value. */
  toJson(state: State): unknown;
  fromJson(json: unknown): State;
}
