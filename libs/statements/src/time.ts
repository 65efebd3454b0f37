/**
 * When a figure is: over a period (a flow) or at the close of a day (a stock). Opening is the close of the day before.
 *
 * A fact is a concept at a time, written `is.revenue@2022H1` or `bs.ppe@2022-06-30`.
 */
import { dayBefore, type Period } from '@tieout/ledger';
import type { CellFigure, Concept, ConceptFormula } from './layout';

export interface FactId {
  readonly concept: string;
  /** A period id or an ISO day. */
  readonly time: string;
}

export const factId = ({ concept, time }: FactId): string => `${concept}@${time}`;

/** Undefined when the text is no fact id. The time is behind the last `@`. */
export function parseFactId(text: string): FactId | undefined {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) return undefined;
  return { concept: text.slice(0, at), time: text.slice(at + 1) };
}

export const isDay = (time: string): boolean => /^\d{4}-\d\d-\d\d$/.test(time);

/** Is the concept a balance at a day? Sums say so themselves; recorded facts and quotients are of a period. */
export function isStock(formula: ConceptFormula): boolean {
  return (formula.kind === 'selection' || formula.kind === 'sum') && formula.measure === 'stock';
}

/** The time of a cell: the period itself for flows, the day before or the last day of it for stocks. */
export function timeOfCell(cell: CellFigure, concept: Concept, period: Period): string {
  if (!isStock(concept.formula)) return period.id;
  return cell.measure === 'opening' ? dayBefore(period.from) : period.to;
}

/** Whole months from one day to another: month ends count as such. Negative when the second is earlier. */
export function monthsBetween(from: string, to: string): number {
  const [start, end] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  const months =
    (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  const isLastOfMonth = new Date(end.getTime() + 86_400_000).getUTCDate() === 1;
  return end.getUTCDate() >= start.getUTCDate() || isLastOfMonth ? months : months - 1;
}
