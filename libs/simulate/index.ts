export { explode } from './src/explode';
export type { Segment, SimulatedEvent, Simulation } from './src/explode';
