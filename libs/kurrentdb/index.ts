export { readConnection } from './src/connection';
export type { Connection } from './src/connection';
export { openKurrentLog } from './src/log';
export type { ClusterLog } from './src/log';
