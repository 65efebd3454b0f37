export type { Cell, Leg, Selection } from './src/cell';
export {
  addCoverage,
  coverageOf,
  CoverageError,
  emptyCoverage,
  negateCoverage,
  signAt,
} from './src/coverage';
export type { Coverage, Span } from './src/coverage';
export {
  addBatch,
  addCubes,
  cellsOf,
  coarsen,
  cubeBuilder,
  cubeFromJson,
  cubeToJson,
  emptyCube,
  everyAxis,
  foldHypothetical,
  foldPostings,
  negateCube,
  reported,
} from './src/cube';
export type {
  AnyCube,
  Axes,
  Cube,
  CubeBuilder,
  CubeJson,
  HypotheticalCube,
  PositionedLegs,
} from './src/cube';
export type { DayAxis } from './src/day';
export { PAGE, pageReader, pageWriter, touching } from './src/page';
export type { Page, PageBytes, PageEvent, PageReader, PageWriter, Touching } from './src/page';
export { condensedEntries } from './src/page-condense';
export type { CondensedEntries, CondensedEntry } from './src/page-condense';
export { PageError, readNames } from './src/page-names';
export type { LegClass, PageNames } from './src/page-names';
export { pageSums, sumsBuffers } from './src/page-sums';
export type { PageSums, SumsParts } from './src/page-sums';
export { axesOf, matches, selectLegs, total } from './src/selection';
export type { LegRange } from './src/selection';
