export { levelText } from './src/applied';
export type { Applied } from './src/applied';
export { restingOn } from './src/assumed';
export type { Resting } from './src/assumed';
export type { Base } from './src/base';
export { tornadoChart, waterfall } from './src/chart';
export { patchOf } from './src/patch';
export type { PatchOperation } from './src/patch';
export { decimalOf } from './src/rational';
export { noDrivers, ruleNames } from './src/scenario';
export type {
  Adjustment,
  ChargeDriver,
  ClosingRule,
  Consequences,
  Driver,
  DriverBook,
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
export type { HypotheticalEntry, Simulation, WhatIf } from './src/simulate';
export { asEntry, orderMatters, stack } from './src/stack';
export { differenceKinds, summaryOfDifferences } from './src/sud';
export type { Difference, Measured, Sud, SudInput, SudRow } from './src/sud';
