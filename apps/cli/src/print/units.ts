/**
 * `-u 1|k|m|bn`: the unit in which money is shown, instead of each statement's own.
 */
import { refuse } from '@tieout/events';

export function moneyUnit(asked: string, currency: string): { name: string; decimals: number } {
  switch (asked) {
    case '1':
      return { name: currency, decimals: 0 };
    case 'k':
      return { name: `${currency}'000`, decimals: 0 };
    case 'm':
      return { name: `${currency} million`, decimals: 1 };
    case 'bn':
      return { name: `${currency} billion`, decimals: 2 };
    default:
      return refuse('E602', `--units takes 1, k, m or bn, not "${asked}"`);
  }
}
