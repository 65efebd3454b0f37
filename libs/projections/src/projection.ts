/**
 * What a projection is: a Nest provider, marked `@Projection`, that folds the events of a log into a state.
 *
 * Handlers run in log order, in batches, and no event is ever skipped; so they are called by the replay directly and
 * not through an event bus, which reorders and swallows. A state is changed through one Immer draft a batch. The same
 * handler takes sealed pages: invariant, that the state is the same whether its events came one by one or in pages.
 */
import type { Page, PageNames } from '@tieout/cube';
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

/** Some events of a page: those from one ordinal until, not including, another. */
export interface PageSpan {
  readonly page: Page;
  readonly from: number;
  readonly until: number;
  /** Of these, in log order, those of the kinds that are read in full. */
  readonly events: readonly LogEvent[];
}

/** A fold over pages, in log order and without a gap, onto a state. */
export interface PageFold<State> {
  /** Is the log read for events of this kind ('' for those without an entry), because columns do not say enough? */
  reads(kind: string): boolean;
  add(span: PageSpan): void;
  state(): State;
}

export interface ProjectionHandler<State> {
  /** Before the first event. The books are summed at the boundary days. */
  initial(boundaries: readonly string[]): State;
  /**
   * Fold a batch of events, in log order, into the draft. Throws where it cannot take one: the replay stops there and
   * names it (the last event taken from the iterable), the projection and the cause.
   */
  apply(draft: Draft<State>, events: Iterable<LogEvent>): void;
  /** Starts a fold of pages onto the state. A handler without it gets the events of pages too. */
  pages?(state: State, names: PageNames): PageFold<State>;
  /** Canonical: the same state gives the same JSON value. */
  toJson(state: State): unknown;
  fromJson(json: unknown): State;
}
