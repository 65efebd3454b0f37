/**
 * Draws: the chance in a simulated ledger, the same on every machine for the same seed.
 *
 * The generator is xoshiro128** (Blackman and Vigna, 2018), its state the first 128 bits of SHA-256 of the seed's text.
 * Every original entry draws from a generator of its own, so that a change of one entry changes no other's parts.
 */
import { createHash } from 'node:crypto';

/** Whole numbers from 0 to 2^20 − 1, evenly. */
export type Draws = () => number;

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

export function drawsFrom(seed: string): Draws {
  const hash = createHash('sha256').update(seed).digest();
  let [a, b, c, d] = [hash.readInt32LE(0), hash.readInt32LE(4), hash.readInt32LE(8), hash.readInt32LE(12)];
  return () => {
    const drawn = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return drawn >>> 12;
  };
}

/** One of `count` places, from 0. A draw has 20 bits, so `count` is far below a million. */
export const placeOf = (draw: number, count: number): number => Math.floor((draw * count) / 2 ** 20);
