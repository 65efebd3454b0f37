/**
 * Everything that is thrown becomes a problem document here, and a line of the log with the name of who was refused.
 */
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { LOG, type Log } from './log';
import { problemOf, Refused } from './problem';
import type { AskingRequest } from './question';

@Injectable()
@Catch()
export class Refusing implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<AskingRequest>();
    const response = http.getResponse<Response>();
    const problem = problemOf(error, `urn:uuid:${typeof request.id === 'string' ? request.id : ''}`);
    const { status, code, detail } = problem;
    const asked = { actor: request.who?.name ?? null, method: request.method, path: request.path };
    if (status >= 500) this.log.error({ ...asked, status, code, err: error }, 'failed');
    else this.log.warn({ ...asked, status, code, detail }, 'refused');
    if (response.headersSent) return void response.destroy();
    for (const [name, value] of Object.entries(error instanceof Refused ? error.headers : {}))
      response.setHeader(name, value);
    // A body that was not read to its end would be taken for the next request.
    if (!request.complete) response.setHeader('Connection', 'close');
    response
      .status(status)
      .setHeader('Content-Type', 'application/problem+json; charset=utf-8')
      .setHeader('Cache-Control', 'no-store')
      .end(JSON.stringify(problem));
  }
}
