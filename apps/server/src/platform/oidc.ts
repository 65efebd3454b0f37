/**
 * Who a signed token of an identity provider names: OpenID Connect, checked against the keys that the provider publishes.
 *
 * Issuer, audience, time and signature are checked, by an asymmetric algorithm only; the subject, which a provider never gives
 * to another person, is who stands as the actor in events. Roles come from one claim; names that are no role of ours are passed over.
 */
import { roles, type Role } from '@tieout/access';
import type * as jose from 'jose';
import type { Who } from './question';
import { Refused } from './problem';
import type { Oidc } from './serving';

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** A subject (OpenID Connect Core §2: 255 signs at most) that can stand in a log as a name. */
const NAME = /^(?=.*\S)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,255}$/u;

/** A verifier for one provider: rejects with a `Refused` what is not a good token of it. Its keys are fetched at the first one. */
export function verifierOf(oidc: Oidc): (token: string) => Promise<Who> {
  let provider: Promise<Provider> | undefined;
  return async (token) => {
    provider ??= discover(oidc.issuer).catch((error: unknown) => {
      provider = undefined;
      throw error;
    });
    const { verify, errors } = await provider;
    try {
      const { payload } = await verify(token, { issuer: oidc.issuer, audience: oidc.audience });
      const { sub: name } = payload;
      if (typeof name !== 'string' || !NAME.test(name)) throw new errors.JWTInvalid('no subject');
      return { name, roles: rolesOf(payload, oidc.rolesClaim), local: false };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new Refused(401, 'the token is not one that opens anything here', error.code, {
        'WWW-Authenticate': 'Bearer error="invalid_token"',
      });
    }
  };
}

interface Provider {
  readonly errors: typeof jose.errors;
  verify(token: string, wanted: { issuer: string; audience: string }): Promise<jose.JWTVerifyResult>;
}

/** OpenID Connect Discovery 1.0 §4: the provider's own document says where its keys are, and must name the issuer that was asked. */
async function discover(issuer: string): Promise<Provider> {
  const { createRemoteJWKSet, errors, jwtVerify } = await import('jose');
  const where = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const unavailable = (why: string): Refused =>
    new Refused(503, `the identity provider cannot be asked: ${why}`, 'try again later');
  const answer = await fetch(where, { signal: AbortSignal.timeout(5_000), redirect: 'error' }).catch(() => {
    throw unavailable('no answer');
  });
  const document = (await answer.json().catch(() => ({}))) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string')
    throw unavailable('its discovery document is not that of the issuer');
  const keys = createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: 5_000 });
  return {
    errors,
    verify: (token, wanted) =>
      jwtVerify(token, keys, {
        ...wanted,
        algorithms,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 5,
      }),
  };
}

function rolesOf(payload: jose.JWTPayload, claim: string): readonly Role[] {
  let found: unknown = payload[claim];
  if (found === undefined) {
    found = payload;
    for (const part of claim.split('.')) found = (found as Record<string, unknown> | undefined)?.[part];
  }
  const named = typeof found === 'string' ? found.split(' ') : Array.isArray(found) ? found : [];
  return roles.filter((role) => named.includes(role));
}
