export { levelText } from './src/applied';
export type { Applied } from './src/applied';
export { restingOn } from './src/assumed';
export type { Resting } from './src/assumed';
export type { Base } from './src/base';
export { tornadoChart, waterfall } from './src/chart';
export { patchOf } from './src/patch';
export type { PatchOperation } from './src/patch';
export { rangeOf } from './src/range';
export type { End, Range, Ranging } from './src/range';
export type { Solve } from './src/range-program';
export { decimalOf } from './src/rational';
export { noDrivers, ruleNames } from './src/scenario';
export type {
  Adjustment,
  ChargeDriver,
  ClosingRule,
  Consequences,
  Driver,
  DriverBook,
  Entity,
  EntriesOf,
  FactDriver,
  LegsOf,
  LegTemplate,
  Rules,
  ScaleDriver,
  Scenario,
  TaxRule,
  Undetermined,
} from './src/scenario';
export { seek } from './src/seek';
export type { Goal, Sought } from './src/seek';
export { levelsNow, tornado, twoWay } from './src/sensitivity';
export type { Axis, Bar, Tornado } from './src/sensitivity';
export { whatIf } from './src/simulate';
export type { Change, Contribution, DifferingTie } from './src/changes';
export type { HypotheticalEntry } from './src/entries';
export type { Simulation, WhatIf } from './src/simulate';
export { asEntry, orderMatters, stack } from './src/stack';
export { differenceKinds, isOfPriorYear, sudMeasures, summaryOfDifferences } from './src/sud';
export type { Difference, Effects, Measured, Sud, SudInput, SudRow } from './src/sud';
