export type * from './src/layout';
