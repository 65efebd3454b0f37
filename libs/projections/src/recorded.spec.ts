/**
 * Explanations that are proposed: open until their subject is explained, and nothing else in a snapshot than before.
 */
import type { LedgerEvent, Payload } from '@tieout/events';
import { produce } from 'immer';
import type { LogEvent } from './projection';
import { RecordedFacts, type Recorded } from './recorded';

const projection = new RecordedFacts();
const why: Payload<'ExplanationProposed'> = { subject: 'is.loss@2022', cause: 'unknown', reason: 'no idea' };

const proposed = (payload: Partial<typeof why> = {}): LedgerEvent => ({
  name: 'ExplanationProposed',
  payload: { ...why, ...payload },
});
const explained = (payload: Partial<Payload<'BreakExplained'>> = {}): LedgerEvent => ({
  name: 'BreakExplained',
  payload: { ...why, ...payload },
});

/** The first event is of `p0` and has the id `e0`, and so on. */
function recordedOf(...events: readonly LedgerEvent[]): Recorded {
  const log = events.map((event, position): LogEvent => {
    return { position, event, recordedAt: 'today', actor: `p${position}`, id: `e${position}` };
  });
  return produce(projection.initial(), (draft) => projection.apply(draft, log));
}

const said = { recordedAt: 'today', cause: 'unknown', reason: 'no idea' };

it('a proposal explains nothing, and is open under the id of its event', () => {
  expect(recordedOf(proposed({ difference: '-1' }))).toStrictEqual({
    ...{ facts: {}, confirmations: {}, explanations: {} },
    proposals: { e0: { ...said, position: 0, actor: 'p0', subject: 'is.loss@2022', difference: '-1' } },
  });
});

it('approved, it is open no more, and its explanation says who proposed and who approved', () => {
  const { proposals, explanations } = recordedOf(proposed(), explained({ proposal: 'e0' }));
  expect(proposals).toStrictEqual({});
  expect(explanations).toStrictEqual({
    'is.loss@2022': { ...said, position: 1, actor: 'p1', proposal: 'e0', proposedBy: 'p0' },
  });
});

it('every proposal of a subject ends with its explanation; those of others stay open', () => {
  const { proposals, explanations } = recordedOf(
    proposed(),
    proposed({ subject: 'bs.assets@2022' }),
    proposed({ cause: 'sign' }),
    explained(),
  );
  expect(Object.keys(proposals)).toStrictEqual(['e1']);
  expect(explanations).toStrictEqual({ 'is.loss@2022': { ...said, position: 3, actor: 'p3' } });
});

it('a snapshot without open proposals is what it was before there were any, and reads back', () => {
  const none = recordedOf(explained());
  expect(Object.keys(projection.toJson(none) as object)).toStrictEqual([
    'facts',
    'confirmations',
    'explanations',
  ]);
  for (const state of [none, recordedOf(proposed())])
    expect(projection.fromJson(projection.toJson(state))).toStrictEqual(state);
});
