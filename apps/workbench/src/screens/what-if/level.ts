/**
 * A level of a driver as it is written (`+20%`, `x1.5`, `650620`), and where it stands on a slider.
 *
 * The slider is a hand's way of writing a level: what is asked for is always the text. Its numbers are parts of a level, not
 * amounts, so doubles will do.
 */
import type { DriversDocument } from '@tieout/documents';

export type Driver = DriversDocument[number];

export interface Slide {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** Where it stands when nothing is asked. */
  readonly still: number;
  /** Changes of the present level in %, or levels in the driver's unit. */
  readonly by: '%' | 'unit';
}

/** Where a driver may be slid; undefined where its book says no range. */
export function slideOf({ range, level }: Pick<Driver, 'range' | 'level'>): Slide | undefined {
  if (!range) return undefined;
  const [from, to] = [numberIn(range.from), numberIn(range.to)];
  if (from === undefined || to === undefined || from >= to) return undefined;
  const parts = range.from.endsWith('%') && range.to.endsWith('%') && /^[+-]/.test(range.from + range.to);
  const still = parts ? 0 : (numberIn(level ?? '') ?? from);
  return { from, to, step: stepOf(to - from), still, by: parts ? '%' : 'unit' };
}

/** About a hundred steps, of 1, 2 or 5 times a power of ten. */
function stepOf(length: number): number {
  const rough = length / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = rough / power;
  return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
}

const numberIn = (text: string): number | undefined => {
  const number = Number(text.replace('%', '').replaceAll(',', '').replace('−', '-'));
  return text.trim() === '' || Number.isNaN(number) ? undefined : number;
};

/** Where a written level stands on the slider; where it cannot be read, the slider stands still. */
export function standsAt(text: string | undefined, { level }: Pick<Driver, 'level'>, slide: Slide): number {
  if (text === undefined) return slide.still;
  const present = numberIn(level ?? '') ?? 0;
  const written = text.trim();
  const change = /^[+−-].*%$/.test(written);
  const factor = /^[x×]/.test(written);
  const number = numberIn(factor ? written.slice(1) : written);
  if (number === undefined) return slide.still;
  const times = factor ? number : change ? 1 + number / 100 : present === 0 ? undefined : number / present;
  if (slide.by === '%') return times === undefined ? slide.still : clean((times - 1) * 100);
  return change || factor ? clean((times ?? 0) * present) : number;
}

/** The level that a place on the slider is written as; undefined: nothing is asked, the driver stands where it stood. */
export function writtenAt(place: number, { by, still, from, to }: Slide): string | undefined {
  const held = clean(Math.min(Math.max(place, from), to));
  if (held === still) return undefined;
  if (by === 'unit') return String(held);
  return `${held > 0 ? '+' : ''}${held}%`;
}

/** 0.30000000000000004 is 0.3 to a hand. */
const clean = (value: number): number => Number(value.toPrecision(10));
