/**
 * An amount as it is read: parentheses for the eye, "minus" for the ear, the plain value for machines.
 *
 *     1,415,343        <data value="1415343">1,415,343</data>
 *     (481,300)        the same, with "minus 481,300" for whoever hears it
 *     –                exactly nothing
 */
import { compareDecimals, formatAmount, roundDecimal } from '@tieout/money';

interface Shown {
  /** A decimal string in its unit; null where there is none. */
  readonly value: string | null;
  /** Places to show; absent: all that it has. */
  readonly decimals?: number | undefined;
}

/** Nothing to say is a blank cell for the eye and "none" for the ear; a value of nil is an en dash and "nil". */
export function Amount({ value, decimals }: Shown) {
  if (value === null) return <span className="vh">none</span>;
  if (compareDecimals(value, '0') === 0)
    return (
      <data className="amount" value={value}>
        <span aria-hidden="true">–</span>
        <span className="vh">nil</span>
      </data>
    );
  // Rounded first: a loss that rounds to nothing has no sign.
  const text = decimals === undefined ? value : roundDecimal(value, decimals);
  const size = formatAmount(text.replace('-', ''), { nil: text });
  if (!text.startsWith('-'))
    return (
      <data className="amount" value={value}>
        {size}
      </data>
    );
  return (
    <data className="amount negative" value={value}>
      <span aria-hidden="true">({size})</span>
      <span className="vh">minus {size}</span>
    </data>
  );
}

/** How far it moved, with its sign: `+108,437`, `−71,300`. A difference is read with signs, a balance with parentheses. */
export function Difference({ value, decimals }: Shown) {
  if (value === null) return <span className="vh">none</span>;
  const text = decimals === undefined ? value : roundDecimal(value, decimals);
  if (compareDecimals(text, '0') === 0) return <Amount value="0" />;
  const size = formatAmount(text.startsWith('-') ? text.slice(1) : text);
  return (
    <data className="amount" value={value}>
      <span aria-hidden="true">{text.startsWith('-') ? `−${size}` : `+${size}`}</span>
      <span className="vh">{text.startsWith('-') ? `minus ${size}` : `plus ${size}`}</span>
    </data>
  );
}
