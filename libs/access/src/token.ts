/**
 * Access tokens: 256 random bits that are shown once. What is kept is a hash, so that who reads the file can sign in as nobody.
 *
 * A token is a random number, not a word that someone chose: one round of SHA-256 keeps it, nothing has to be slow.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { roles, type Role } from './role';

/** What stands in front of every token, so that one is known where it was pasted by mistake. */
const PREFIX = 'tieout_';

/** NOTE stored format: one element of the list in the tokens' file. */
export const keptToken = z.strictObject({
  /** Who it is: stands as the actor in every event. */
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} .@_-]{0,63}$/u, 'letters, digits, spaces and . @ _ -'),
  roles: z.array(z.enum(roles)).min(1),
  /** Hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601, UTC. */
  created: z.string(),
  /** From this instant on it opens nothing. */
  expires: z.string().optional(),
  revoked: z.string().optional(),
});

export type KeptToken = z.infer<typeof keptToken>;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A new token: the text to be shown once, and what is kept of it. */
export function makeToken(
  holder: { readonly name: string; readonly roles: readonly Role[]; readonly expires?: string },
  now = new Date(),
): { readonly token: string; readonly kept: KeptToken } {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const { name, expires } = holder;
  const kept = { name, roles: [...holder.roles], sha256: hashOf(token), created: now.toISOString() };
  return { token, kept: expires === undefined ? kept : { ...kept, expires } };
}

export const isToken = (text: string): boolean => text.startsWith(PREFIX);

/** Opens it anything at this instant? */
export const isOpen = ({ expires, revoked }: KeptToken, now = new Date()): boolean =>
  revoked === undefined && (expires === undefined || now.getTime() < Date.parse(expires));

/**
 * Whose token it is, if it is anyone's and open. Every kept hash is compared, each in constant time: how long the answer
 * takes says nothing about how near a guess was.
 */
export function holderOf(token: string, kept: readonly KeptToken[], now = new Date()): KeptToken | undefined {
  const hash = Buffer.from(hashOf(token), 'hex');
  let found: KeptToken | undefined;
  for (const each of kept) {
    const same = timingSafeEqual(hash, Buffer.from(each.sha256, 'hex'));
    if (same && isOpen(each, now)) found = each;
  }
  return found;
}
