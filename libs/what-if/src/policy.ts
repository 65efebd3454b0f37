/**
 * The rules of a scenario, read: at which rate its effects are taxed and where, who bears them, whether they are settled.
 *
 *     rules: { tax: "15% current", nci: entity, cash: settled }
 */
import type { Problem } from '@tieout/events';
import type { Books } from './base';
import { percent, type Bearing } from './entities';
import type { Rational } from './rational';
import type { Rules, TaxRule } from './scenario';

/** The rules of a scenario, read. */
export interface Policy {
  readonly tax?: {
    readonly rate: Rational;
    readonly through: TaxRule;
    readonly recoverable: boolean;
    readonly words: string;
  };
  /** One share of everything, or each entity's own; held where absent. */
  readonly nci?: Bearing | 'entity';
  readonly settled: boolean;
}

/** The scenario's rules, or what is wrong with them. */
export function policyOf(
  { tax, nci, cash }: Rules,
  { driverBook: { consequences } }: Books,
): Policy | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  let taxed: Policy['tax'];
  if (tax !== undefined && tax !== 'hold') {
    const [, name = '', how] = /^(\S+)(?: (current|not recoverable))?$/.exec(tax.trim()) ?? [];
    const { rates = {}, deferred, current } = consequences.tax ?? {};
    const rate = percent(rates[name] ?? name);
    const through = how === 'current' ? current : deferred;
    if (!rate || !through) {
      const known = Object.entries(rates).map(([each, at]) => `${each} (${at})`);
      problems.push({
        code: 'E107',
        message: through
          ? `cannot read "${tax}" as a tax rule`
          : 'this book declares no account for tax on adjustments',
        help: `tax is hold, a rate (15%)${known.length > 0 ? `, or one of ${known.join(', ')}` : ''}; then "current" or "not recoverable" may follow`,
      });
    } else
      taxed = {
        rate,
        through,
        recoverable: how !== 'not recoverable',
        words: `tax at ${rates[name] ?? name}, ${how === 'current' ? 'current' : 'deferred'}`,
      };
  }
  const share = nci === undefined || nci === 'hold' || nci === 'entity' ? undefined : percent(nci);
  if (nci !== undefined && nci !== 'hold' && nci !== 'entity' && !share)
    problems.push({
      code: 'E107',
      message: `cannot read "${nci}" as a share of non-controlling interests`,
      help: 'nci is hold, a share like 1.5%, or entity',
    });
  if (nci === 'entity' && consequences.entities.length === 0)
    problems.push({
      code: 'E107',
      message: 'this book declares no entities that others have a share in',
      help: 'declare consequences.entities in drivers.yaml, or give one share for all (nci: 1.5%)',
    });
  if (cash !== undefined && cash !== 'non-cash' && cash !== 'settled')
    problems.push({
      code: 'E107',
      message: `cannot read "${cash}" as a cash rule`,
      help: 'cash is non-cash or settled',
    });
  if (cash === 'settled' && !consequences.cash)
    problems.push({
      code: 'E107',
      message: 'this book declares no account that settles adjustments in cash',
      help: 'declare consequences.cash in drivers.yaml',
    });
  if (problems.length > 0) return { problems };
  return {
    settled: cash === 'settled',
    ...(taxed ? { tax: taxed } : {}),
    ...(share ? { nci: { share, words: `non-controlling interests bear ${nci}` } } : {}),
    ...(nci === 'entity' ? { nci } : {}),
  };
}
