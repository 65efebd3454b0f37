export {
  absoluteMinor,
  addMinor,
  canonicalMinor,
  compareMinor,
  formatMinor,
  isNil,
  multiplyMinor,
  negateMinor,
  parseMinor,
  subtractMinor,
  sumMinor,
} from './src/minor';
export type { Minor } from './src/minor';
export {
  addDecimals,
  compareDecimals,
  isDecimal,
  multiplyDecimals,
  negateDecimal,
  placesOf,
  roundDecimal,
  shiftDecimal,
  subtractDecimals,
} from './src/decimal';
export { minorToUnit, parseUnit, unitToMinor } from './src/unit';
export type { PublishedUnit } from './src/unit';
export { formatAmount } from './src/print';
export type { AmountFormat } from './src/print';
export {
  addIntervals,
  exactly,
  includes,
  intersect,
  meets,
  negateInterval,
  printedInterval,
  roundsTo,
  shiftInterval,
} from './src/printed';
export type { Interval, RoundingMode } from './src/printed';
export { ratio, scaleMinor } from './src/ratio';
export { allocate } from './src/allocate';
