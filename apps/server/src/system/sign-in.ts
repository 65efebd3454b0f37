/**
 * Signing in from a browser: the token goes into a cookie that scripts cannot read and other sites cannot send, so that
 * streams, pictures and downloads are asked for by the same person.
 */
import { Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { refuse } from '@tieout/events';
import type { Response } from 'express';
import * as z from 'zod';
import { Open } from '../platform';
import { Access, COOKIE } from '../platform/access';
import { textOf } from '../platform/asking';
import { Refused } from '../platform/problem';
import type { AskingRequest, Who } from '../platform/question';
import { SERVING, type Serving } from '../platform/serving';

const signIn = z.strictObject({ token: z.string().min(1).max(8_000) });

@Controller('session')
@Open()
export class SignIn {
  constructor(
    @Inject(Access) private readonly access: Access,
    @Inject(SERVING) private readonly serving: Serving,
  ) {}

  /** Who asks; nobody where one has yet to sign in. */
  @Get()
  async who(@Req() request: AskingRequest) {
    try {
      return this.document(await this.access.whoAsks(request));
    } catch (error) {
      if (error instanceof Refused && error.getStatus() === 401) return this.document(undefined);
      throw error;
    }
  }

  @Post()
  @HttpCode(200)
  async signIn(@Req() request: AskingRequest, @Res({ passthrough: true }) response: Response) {
    const read = signIn.safeParse(json(await textOf(request, 10_000)));
    if (!read.success) return refuse('E107', 'the body is to be {"token":"…"}');
    const who = await this.access.holder(read.data.token, request.socket.remoteAddress ?? '');
    response.cookie(COOKIE, read.data.token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      secure: request.headers['x-forwarded-proto'] === 'https',
      encode: String,
    });
    return this.document(who);
  }

  @Delete()
  signOut(@Res({ passthrough: true }) response: Response) {
    response.clearCookie(COOKIE, { path: '/', sameSite: 'strict', httpOnly: true });
    return this.document(undefined);
  }

  private document(who: Who | undefined) {
    return {
      schema: 'tieout.session/1',
      name: who?.name ?? null,
      roles: who?.roles ?? [],
      local: who?.local ?? false,
      readOnly: this.serving.readOnly,
      signInNeeded: this.access.signInNeeded,
    };
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
