/**
 * Who asks, and whether they may: a guard before every request that is not open to all.
 *
 * On loopback, where nobody has been given a token, the one at the keyboard asks, with every role: the files are theirs
 * anyway. As soon as there are tokens, or a provider of identities, everyone signs in, there as elsewhere.
 */
import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isSamePerson } from '@tieout/answers';
import { holderOf, isToken, roles, watchTokens, type KeptToken, type Role } from '@tieout/access';
import type { Request } from 'express';
import { Refused } from './problem';
import { DECLARATION, type AskingRequest, type Declaration, type Who } from './question';
import { verifierOf } from './oidc';
import { isLoopback, SERVING, type Serving } from './serving';

const OPEN = 'tieout:open';

/** Whoever reaches the server may ask this: it says nothing of any book. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(OPEN, true);

/** The cookie that a browser signs in with. */
export const COOKIE = 'tieout';

/** Refused sign-ins from one address, before it has to wait a minute. */
const FAILURES = 30;

@Injectable()
export class Access implements CanActivate {
  private readonly tokens: () => readonly KeptToken[];
  private readonly verify: ((token: string) => Promise<Who>) | undefined;
  private signedIn: boolean;
  private failures = new Map<string, number>();
  private failuresSince = 0;

  constructor(
    @Inject(SERVING) private readonly serving: Serving,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {
    this.tokens = watchTokens(serving.tokens);
    this.verify = serving.oidc && verifierOf(serving.oidc);
    this.signedIn = !isLoopback(serving.host) || this.verify !== undefined;
  }

  /** Must one sign in here? Once they must they must until the server ends, even if the tokens' file is gone. */
  get signInNeeded(): boolean {
    this.signedIn ||= this.tokens().length > 0;
    return this.signedIn;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(OPEN, targets)) return true;
    const request = context.switchToHttp().getRequest<AskingRequest>();
    const who = await this.whoAsks(request);
    request.who = who;
    const declaration = this.reflector.get<Declaration | undefined>(DECLARATION, context.getHandler());
    const needed = declaration?.needs ?? 'reader';
    if (!may(who, needed))
      throw new Refused(
        403,
        `${who.name} is ${who.roles.join(', ') || 'nothing'} here; this takes a ${needed}`,
        'ask whoever gives out roles',
      );
    return true;
  }

  /** Rejects with a `Refused` (401) who cannot be told. */
  async whoAsks(request: Request): Promise<Who> {
    const credentials = credentialsOf(request);
    if (credentials === undefined) {
      if (!this.signInNeeded) return { name: this.serving.user, roles, local: true };
      throw new Refused(401, 'who asks?', 'sign in with a token: tieout token add NAME --role reader', {
        'WWW-Authenticate': 'Bearer',
      });
    }
    return this.holder(credentials, request.socket.remoteAddress ?? '');
  }

  /** Whose token it is; rejects with a `Refused` one that opens nothing: 401, or 429 from where too many were tried. */
  async holder(credentials: string, address: string): Promise<Who> {
    try {
      const kept = isToken(credentials) ? holderOf(credentials, this.tokens()) : undefined;
      if (kept) return { name: kept.name, roles: kept.roles, local: false };
      if (this.verify && !isToken(credentials)) return this.noHolder(await this.verify(credentials));
      throw new Refused(401, 'the token is not one that opens anything here', 'it may have expired', {
        'WWW-Authenticate': 'Bearer error="invalid_token"',
      });
    } catch (error) {
      if (error instanceof Refused && error.getStatus() === 401 && this.tooMany(address))
        throw new Refused(429, 'too many sign-ins were refused', 'wait a minute', { 'Retry-After': '60' });
      throw error;
    }
  }

  /** Whom a provider names by the name of a token here could be somebody else: refuses (403) them. */
  private noHolder(who: Who): Who {
    const kept = this.tokens().find(({ name }) => isSamePerson(name, who.name));
    if (!kept) return who;
    throw new Refused(
      403,
      `the provider names ${who.name}, and "${kept.name}" has or had a token here`,
      'one name is one person: let them sign in with a token, or give tokens other names',
    );
  }

  /** A good token opens all the same: whoever guesses keeps nobody out. */
  private tooMany(address: string): boolean {
    if (Date.now() - this.failuresSince >= 60_000) {
      this.failures = new Map();
      this.failuresSince = Date.now();
    }
    const failures = (this.failures.get(address) ?? 0) + 1;
    this.failures.set(address, failures);
    return failures > FAILURES;
  }
}

/** Whoever may do something with the books may look at them. */
export const may = (who: Who, needed: Role): boolean =>
  needed === 'reader' ? who.roles.length > 0 : who.roles.includes(needed);

function credentialsOf({ headers }: Request): string | undefined {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    return token ?? ''; // Another scheme opens nothing.
  }
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${COOKIE}=`));
  return found?.slice(COOKIE.length + 1);
}
