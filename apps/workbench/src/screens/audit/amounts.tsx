/** Amounts of ties: a quotient has forty places, and six tell. */
import { Amount, Difference } from '@tieout/views';

const places = (value: string): number | undefined =>
  (value.split('.')[1]?.length ?? 0) > 6 ? 6 : undefined;

export const Shortly = ({ value }: { readonly value: string }) => (
  <Amount value={value} decimals={places(value)} />
);

/** How far it is off, with its sign. */
export const Off = ({ value }: { readonly value: string }) => (
  <Difference value={value} decimals={places(value)} />
);
