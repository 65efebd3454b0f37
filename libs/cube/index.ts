export type { Cell, Leg, Selection } from './src/cell';
