/** What controllers are made of. */
export { Open } from './access';
export { Books } from './books';
export { Refused } from './problem';
export { Asked, Preview, Question, Write } from './question';
export type { AskedOf, Who, WriteOf } from './question';
