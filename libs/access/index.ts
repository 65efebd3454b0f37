export { roles } from './src/role';
export type { Role } from './src/role';
