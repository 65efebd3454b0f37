/** Amounts of ties: a quotient has forty places, and six tell. */
import { Amount } from '@tieout/views';

export function Shortly({ value }: { readonly value: string }) {
  const places = value.split('.')[1]?.length ?? 0;
  return <Amount value={value} {...(places > 6 ? { decimals: 6 } : {})} />;
}
