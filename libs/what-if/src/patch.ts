/**
 * The difference between two worlds as a JSON Patch (RFC 6902) over `{ "figures": { FACT: VALUE } }`, for the API and the
 * workbench: a value is a decimal string in the figure's unit, or null where it cannot be said.
 */
import type { Change } from './changes';

export interface PatchOperation {
  readonly op: 'replace';
  readonly path: string;
  readonly value: string | null;
}

/** RFC 6901: `~` and `/` are written otherwise in a pointer. */
const pointer = (fact: string): string => `/figures/${fact.replaceAll('~', '~0').replaceAll('/', '~1')}`;

export const patchOf = (changes: readonly Change[]): readonly PatchOperation[] =>
  changes.map(({ fact, afterText }) => ({ op: 'replace', path: pointer(fact), value: afterText ?? null }));
