/**
 * Proofs over the Merkle tree of a log (RFC 6962 §2.1): that an event is in the log of a head, and that a head continues
 * an older one. Whoever keeps a head elsewhere can check both offline, with SHA-256 and nothing else of ours.
 *
 * A tree of n leaves splits at the largest power of two below n. A subtree is named by its leaves [from, until); how its
 * hash is come by (from leaves, or from roots kept of whole pages) is the caller's matter, so a proof over a million
 * events reads a few pages of leaves. All hashes are hex.
 *
 *     leaves 0 1 2 3 4    root = h(h(h(0 1) h(2 3)) 4)    path of leaf 2: [3, h(0 1), 4]
 */
import { createHash } from 'node:crypto';

/** The hash of the subtree over leaves [from, until): a leaf's own where it is one leaf. */
export type SubtreeHash = (from: number, until: number) => string;

const emptyTree = createHash('sha256').update('').digest('hex');

/** §2.1: an inner node is hashed behind a byte 1, so that it cannot pass for a leaf. */
export const nodeHash = (left: string, right: string): string =>
  createHash('sha256')
    .update(Buffer.from(`01${left}${right}`, 'hex'))
    .digest('hex');

/** The largest power of two below n; n is at least 2. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/**
 * Subtree hashes from the leaves themselves, and, where `rootOfPage` knows them, from roots over whole pages: page p is
 * the complete subtree over [p × pageLength, (p + 1) × pageLength), and pageLength is a power of two.
 */
export function subtreeHashes(
  leaf: (index: number) => string,
  pages?: { readonly pageLength: number; readonly rootOfPage: (page: number) => string | undefined },
): SubtreeHash {
  const hash: SubtreeHash = (from, until) => {
    if (until - from === 0) return emptyTree;
    if (until - from === 1) return leaf(from);
    if (pages && until - from === pages.pageLength && from % pages.pageLength === 0) {
      const root = pages.rootOfPage(from / pages.pageLength);
      if (root !== undefined) return root;
    }
    const middle = from + split(until - from);
    return nodeHash(hash(from, middle), hash(middle, until));
  };
  return hash;
}

/** §2.1.1: the hashes beside the way from the leaf to the root, lowest first. */
export function inclusionPath(index: number, size: number, hash: SubtreeHash): readonly string[] {
  const path = (from: number, until: number): string[] => {
    if (until - from <= 1) return [];
    const middle = from + split(until - from);
    return index < middle
      ? [...path(from, middle), hash(middle, until)]
      : [...path(middle, until), hash(from, middle)];
  };
  return path(0, size);
}

/** The root that a leaf and its path make; none where the path has another length than the place asks for. */
export function rootFromInclusion(
  leaf: string,
  index: number,
  size: number,
  path: readonly string[],
): string | undefined {
  if (index < 0 || index >= size) return undefined;
  const left = [...path];
  const climb = (from: number, until: number): string | undefined => {
    if (until - from === 1) return leaf;
    const middle = from + split(until - from);
    const below = index < middle ? climb(from, middle) : climb(middle, until);
    const beside = left.shift();
    if (below === undefined || beside === undefined) return undefined;
    return index < middle ? nodeHash(below, beside) : nodeHash(beside, below);
  };
  const root = climb(0, size);
  return left.length === 0 ? root : undefined;
}

/** §2.1.2: what shows that the tree of the first `size` leaves is how the tree of `grown` leaves began. */
export function consistencyPath(size: number, grown: number, hash: SubtreeHash): readonly string[] {
  const path = (from: number, until: number, whole: boolean): string[] => {
    if (until === size) return whole ? [] : [hash(from, until)];
    const middle = from + split(until - from);
    return size <= middle
      ? [...path(from, middle, whole), hash(middle, until)]
      : [...path(middle, until, false), hash(from, middle)];
  };
  return size === 0 || size === grown ? [] : path(0, grown, true);
}

/**
 * The heads at `size` and at `grown` that the path makes, given the older head. The proof holds where both are the heads
 * that one knows. None where the path cannot be one of these sizes. Nothing is consistent with everything: size 0.
 */
export function rootsFromConsistency(
  older: string,
  size: number,
  grown: number,
  path: readonly string[],
): { readonly older: string; readonly newer: string | undefined } | undefined {
  if (size < 0 || size > grown) return undefined;
  if (size === grown) return path.length === 0 ? { older, newer: older } : undefined;
  if (size === 0) return path.length === 0 ? { older: emptyTree, newer: undefined } : undefined;
  const left = [...path];
  type Pair = { readonly older: string; readonly newer: string };
  const climb = (from: number, until: number, whole: boolean): Pair | undefined => {
    if (until === size) {
      const top = whole ? older : left.shift();
      return top === undefined ? undefined : { older: top, newer: top };
    }
    const middle = from + split(until - from);
    const below = size <= middle ? climb(from, middle, whole) : climb(middle, until, false);
    const beside = left.shift();
    if (!below || beside === undefined) return undefined;
    return size <= middle
      ? { older: below.older, newer: nodeHash(below.newer, beside) }
      : { older: nodeHash(beside, below.older), newer: nodeHash(beside, below.newer) };
  };
  const roots = climb(0, grown, true);
  return left.length === 0 ? roots : undefined;
}
