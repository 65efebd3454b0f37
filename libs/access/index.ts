export { roles } from './src/role';
export type { Role } from './src/role';
export { holderOf, isOpen, isToken, keptToken, makeToken } from './src/token';
export type { KeptToken } from './src/token';
export { readTokens, watchTokens, writeTokens } from './src/token-file';
