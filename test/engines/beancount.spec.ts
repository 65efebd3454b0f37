/** An export held against beancount, where it is installed (in CI it must be). */
import { engines } from './engine';
import { holdAgainst } from './held-against';

holdAgainst(engines.beancount);
