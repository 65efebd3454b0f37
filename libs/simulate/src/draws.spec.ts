/**
 * The chance of a simulated ledger: the reference generator, and the same draws for the same seed.
 */
import { createHash } from 'node:crypto';
import { drawsFrom, placeOf } from './draws';

/** xoshiro128** as its authors wrote it, on unsigned words, in bigints. */
function reference(seed: string, count: number): number[] {
  const hash = createHash('sha256').update(seed).digest();
  const s = [0, 4, 8, 12].map((at) => BigInt(hash.readUInt32LE(at)));
  const word = (x: bigint): bigint => x & 0xffffffffn;
  const rotl = (x: bigint, k: bigint): bigint => word((x << k) | (x >> (32n - k)));
  return Array.from({ length: count }, () => {
    const result = word(rotl(word(s[1]! * 5n), 7n) * 9n);
    const t = word(s[1]! << 9n);
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotl(s[3]!, 11n);
    return Number(result >> 12n);
  });
}

test('draws are the upper 20 bits of xoshiro128**', () => {
  const draw = drawsFrom('a seed');
  expect(Array.from({ length: 1000 }, () => draw())).toStrictEqual(reference('a seed', 1000));
});

test('another seed, other draws', () => {
  expect(drawsFrom('a seed')()).not.toBe(drawsFrom('another seed')());
});

test('places are evenly drawn, and none is beyond the last', () => {
  const draw = drawsFrom('places');
  const hits = [0, 0, 0, 0, 0];
  for (let drawn = 0; drawn < 10_000; drawn++) hits[placeOf(draw(), 5)]! += 1;
  expect(hits.reduce((sum, count) => sum + count, 0)).toBe(10_000);
  expect(hits.every((count) => count > 1800 && count < 2200)).toBe(true);
  expect(placeOf(2 ** 20 - 1, 5)).toBe(4);
});
