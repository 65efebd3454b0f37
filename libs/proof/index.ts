export { figureCoverage } from './src/coverage';
export type { Basis, FigureCoverage, Reading, StatedFigure } from './src/coverage';
export { designMatrix } from './src/design-matrix';
export type { LinearFact } from './src/design-matrix';
export { redundancy } from './src/redundancy';
export type { FactRow, LinearBasis, Redundancy } from './src/redundancy';
export { figureStates, intervalOf, smallestNoticed, stateGlyph, stateOf, worstState } from './src/state';
export type { FigureState, Held, Recorded } from './src/state';
