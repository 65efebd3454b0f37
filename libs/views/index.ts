export { Amount } from './src/amount';
