/**
 * An amount as it is read: parentheses for the eye, "minus" for the ear, the plain value for machines.
 */
import { formatAmount } from '@tieout/money';

/** `value`: a decimal string in its unit; null where there is none. */
export function Amount({ value }: { readonly value: string | null }) {
  if (value === null) return <span aria-label="none">–</span>;
  const shown = formatAmount(value, { nil: '–' });
  if (!value.startsWith('-')) return <data value={value}>{shown}</data>;
  return (
    <data value={value}>
      <span aria-hidden="true">{shown}</span>
      <span className="vh">minus {formatAmount(value.slice(1))}</span>
    </data>
  );
}
