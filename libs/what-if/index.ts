export type { Base } from './src/base';
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
export { whatIf } from './src/simulate';
export type { Change, Contribution, DifferingTie, HypotheticalEntry, Simulation, WhatIf } from './src/simulate';
