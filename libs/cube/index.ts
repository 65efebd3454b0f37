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
  foldPostings,
  negateCube,
} from './src/cube';
export type { Axes, Cube, CubeBuilder, CubeJson, PositionedLegs } from './src/cube';
export { axesOf, matches, selectLegs, total } from './src/selection';
export type { LegRange } from './src/selection';
