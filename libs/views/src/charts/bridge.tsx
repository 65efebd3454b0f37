/**
 * A bridge of the statements as a waterfall, with what it says in words over it: the figure, and the two steps that moved
 * it most.
 */
import type { BridgeDocument } from '@tieout/documents';
import { compareDecimals, negateDecimal } from '@tieout/money';
import { scaledTo, type MoneyScale } from '../units';
import { WaterfallFigure } from './figure';
import { changeSaid, movedSaid } from './said';
import { Waterfall, type WaterfallView } from './waterfall';

interface BridgeView {
  readonly document: BridgeDocument;
  readonly scale?: MoneyScale | undefined;
  readonly hrefOf?: ((fact: string) => string) | undefined;
}

/** "Loss for the period narrowed by 504,885: fair value losses +1,708,476, other losses −1,005,230" */
export function bridgeSaid({ document, scale }: BridgeView): string {
  const { label, unit, from, to, steps } = document;
  const scaled = scaledTo(scale, unit);
  const size = (change: string): string => (change.startsWith('-') ? negateDecimal(change) : change);
  const largest = [...steps]
    .sort((a, b) => compareDecimals(size(b.change), size(a.change)))
    .slice(0, 2)
    .map((step) => `${step.label} ${changeSaid(scaled, step.change)}`);
  return [movedSaid(scaled, label, from.value, to.value), largest.join(', ')].filter(Boolean).join(': ');
}

const viewOf = ({ document, scale, hrefOf }: BridgeView): WaterfallView => {
  const { label, unit, from, to, steps } = document;
  const end = (each: BridgeDocument['from']) => ({
    label: each.label,
    value: each.value,
    href: hrefOf?.(each.fact),
  });
  return {
    ...{ unit, scale },
    name: `${label}, from ${from.label} to ${to.label}`,
    from: end(from),
    to: end(to),
    steps: steps.map((step) => ({
      label: step.label,
      change: step.change,
      href: step.facts[0] === undefined ? undefined : hrefOf?.(step.facts[0]),
    })),
  };
};

export const BridgeFigure = (view: BridgeView) => (
  <WaterfallFigure {...viewOf(view)} message={bridgeSaid(view)} />
);

/** The bridge as a picture of its own, which says where it is from. */
export function BridgePicture({ document }: { readonly document: BridgeDocument }) {
  const { unit, basis, revision, closes, difference } = document;
  const standing = closes ? 'closes exactly' : `misses by ${difference}`;
  return (
    <Waterfall
      {...viewOf({ document })}
      heading={[bridgeSaid({ document }), `${unit} · ${basis}, rev ${revision} · ${standing}`]}
    />
  );
}
