/** An export held against hledger, where it is installed (in CI it must be). */
import { engines } from './engine';
import { holdAgainst } from './held-against';

holdAgainst(engines.hledger);
