/**
 * Proofs over the tree of a log: the reference tree of Certificate Transparency (eight leaves, RFC 6962 and RFC 9162 §2.1.5),
 * and laws over trees of any size.
 */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import {
  consistencyPath,
  inclusionPath,
  nodeHash,
  rootFromInclusion,
  rootsFromConsistency,
  subtreeHashes,
} from './merkle';
import { merkleRoot } from './stored';

const leafOf = (data: string): string =>
  createHash('sha256')
    .update(Buffer.from(`00${data}`, 'hex'))
    .digest('hex');

/** Inputs and roots of the reference tree, in hex. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const reference = inputs.map(leafOf);
const hashesOf = (leaves: readonly string[]) => subtreeHashes((index) => leaves[index] ?? '');

test('the roots of the reference tree', () => {
  expect(reference.map((_, index) => merkleRoot(reference.slice(0, index + 1)))).toStrictEqual(roots);
  expect(reference.map((_, index) => hashesOf(reference)(0, index + 1))).toStrictEqual(roots);
});

// The tree of seven leaves of RFC 9162 §2.1.5: a to f, j are its leaves d0 to d6; g h i its pairs, k l the nodes above.
const [a, b, c, d, e, f, j] = reference as [string, string, string, string, string, string, string];
const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)];
const [k, l] = [nodeHash(g, h), nodeHash(i, j)];

test('the audit paths of the example in the RFC', () => {
  const path = (index: number) => inclusionPath(index, 7, hashesOf(reference));
  expect(path(0)).toStrictEqual([b, h, l]);
  expect(path(3)).toStrictEqual([c, g, l]);
  expect(path(4)).toStrictEqual([f, j, k]);
  expect(path(6)).toStrictEqual([i, k]);
});

test('the consistency proofs of the example in the RFC', () => {
  const path = (size: number) => consistencyPath(size, 7, hashesOf(reference));
  expect(path(3)).toStrictEqual([c, d, g, l]);
  expect(path(4)).toStrictEqual([l]);
  expect(path(6)).toStrictEqual([i, j, k]);
});

const someLeaves = fc
  .integer({ min: 1, max: 70 })
  .map((size) => Array.from({ length: size }, (_, at) => leafOf(at.toString(16).padStart(4, '0'))));

test('law: every leaf is proved in, and only there', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, at, other) => {
      const index = at % leaves.length;
      const path = inclusionPath(index, leaves.length, hashesOf(leaves));
      const root = merkleRoot(leaves);
      expect(rootFromInclusion(leaves[index]!, index, leaves.length, path)).toBe(root);
      const elsewhere = other % leaves.length;
      if (elsewhere !== index) {
        expect(rootFromInclusion(leaves[elsewhere]!, index, leaves.length, path)).not.toBe(root);
        expect(rootFromInclusion(leaves[index]!, elsewhere, leaves.length, path)).not.toBe(root);
      }
      expect(rootFromInclusion(leaves[index]!, index, leaves.length, [...path, root])).toBeUndefined();
    }),
  );
});

test('law: a log that only grew is consistent; one with an altered event before the older head is not', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, first, second) => {
      const size = 1 + (first % leaves.length);
      const older = merkleRoot(leaves.slice(0, size));
      const path = consistencyPath(size, leaves.length, hashesOf(leaves));
      const newer = merkleRoot(leaves);
      expect(rootsFromConsistency(older, size, leaves.length, path)).toStrictEqual({ older, newer });
      const altered = leaves.with(second % size, leafOf('ff'));
      const forged = consistencyPath(size, altered.length, hashesOf(altered));
      expect(rootsFromConsistency(older, size, altered.length, forged)).not.toStrictEqual({
        older,
        newer: merkleRoot(altered),
      });
    }),
  );
});

test('law: roots of pages stand for their leaves', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), (leaves, at) => {
      const pageLength = 4;
      const rootOfPage = (page: number): string | undefined => {
        const part = leaves.slice(page * pageLength, (page + 1) * pageLength);
        return part.length === pageLength ? merkleRoot(part) : undefined;
      };
      const asked: number[] = [];
      const paged = subtreeHashes(
        (index) => {
          asked.push(index);
          return leaves[index]!;
        },
        { pageLength, rootOfPage },
      );
      const index = at % leaves.length;
      const path = inclusionPath(index, leaves.length, paged);
      expect(path).toStrictEqual(inclusionPath(index, leaves.length, hashesOf(leaves)));
      // Only leaves of the leaf's own page and of the page that is not whole yet are read.
      const whole = leaves.length - (leaves.length % pageLength);
      const own = Math.floor(index / pageLength);
      expect(asked.filter((each) => each < whole && Math.floor(each / pageLength) !== own)).toStrictEqual([]);
    }),
  );
});
