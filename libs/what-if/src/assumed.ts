/**
 * How much of a figure rests on assumptions: its postings by where their amount and their allocation come from.
 *
 *     is.loss@2022H1   amount: disclosed …, assumed …   allocation: given …, conditional …, assumed …
 *
 * It says what part would have to be defended, not how far it could be off.
 */
import { addMinor, multiplyMinor, type Minor } from '@tieout/money';
import { legsBehind, linearForm } from '@tieout/statements';
import type { Base } from './base';

export interface Resting {
  readonly amount: Readonly<Record<'disclosed' | 'derived' | 'assumed', Minor>>;
  readonly allocation: Readonly<Record<'given' | 'conditional' | 'assumed', Minor>>;
  /** Entries behind the figure that assume something. */
  readonly entries: readonly string[];
}

/** Undefined for a fact that is no sum of postings. */
export function restingOn(
  fact: string,
  { chart, concepts, entries }: Pick<Base, 'chart' | 'concepts' | 'entries'>,
): Resting | undefined {
  const form = linearForm(fact, { chart, concepts });
  if (!form) return undefined;
  const amount: Record<'disclosed' | 'derived' | 'assumed', Minor> = { disclosed: 0, derived: 0, assumed: 0 };
  const allocation: Record<'given' | 'conditional' | 'assumed', Minor> = {
    given: 0,
    conditional: 0,
    assumed: 0,
  };
  const assuming: string[] = [];
  for (const { id, postings, provenance } of entries) {
    const behind = legsBehind(form, postings);
    if (behind.length === 0) continue;
    for (const { leg, times } of behind) {
      const minor = multiplyMinor(leg.minor, times);
      amount[provenance.amount] = addMinor(amount[provenance.amount], minor);
      allocation[provenance.allocation] = addMinor(allocation[provenance.allocation], minor);
    }
    if (provenance.amount === 'assumed' || provenance.allocation === 'assumed') assuming.push(id);
  }
  return { amount, allocation, entries: assuming };
}
