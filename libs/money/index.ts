export { addMinor, formatMinor, parseMinor } from './src/minor';
export type { Minor } from './src/minor';
