/**
 * Around every handler that is declared: what is asked is read before it, and its answer is sent after it.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, map, mergeMap, type Observable } from 'rxjs';
import { isAnswer, type Answer } from './answer';
import { askedOf } from './asking';
import { Refused } from './problem';
import { DECLARATION, type AskingRequest, type Declaration } from './question';
import { SERVING, type Serving } from './serving';

@Injectable()
export class Answering implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(SERVING) private readonly serving: Serving,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const declaration = this.reflector.get<Declaration | undefined>(DECLARATION, context.getHandler());
    if (!declaration) return next.handle();
    const request = context.switchToHttp().getRequest<AskingRequest>();
    return from(this.read(request, declaration)).pipe(
      mergeMap(() => next.handle()),
      map((answer: unknown) => (isAnswer(answer) ? answer : passing(answer))),
    );
  }

  private async read(request: AskingRequest, declaration: Declaration): Promise<void> {
    if (this.serving.readOnly && declaration.kind === 'write') throw readOnlyRefused();
    if (!request.who) throw new Error('assertion failed: a request came past the guard');
    request.asked = await askedOf(request, request.who, declaration);
  }
}

export const readOnlyRefused = (): Refused =>
  new Refused(405, 'this server is read-only', 'start it without --read-only', { Allow: 'GET, HEAD' });

/** A document that no cache may keep. */
export function passing(document: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: Buffer.from(JSON.stringify(document)),
  };
}
