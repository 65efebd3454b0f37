/**
 * The server put together: what every request passes on its way, in order, and the rooms of questions behind.
 */
import { Module, type DynamicModule, type ExecutionContext, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TerminusModule } from '@nestjs/terminus';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import helmet from 'helmet';
import { controllers } from './controllers';
import { serveDocs } from './docs';
import { serveFiles } from './files';
import { openApiOf, type OpenApi } from './open-api';
import { Access } from './platform/access';
import { Adapter } from './platform/adapter';
import { Answering } from './platform/answering';
import { arriving } from './platform/arriving';
import { Books } from './platform/books';
import { Live } from './platform/live';
import { LOG, logTo, requestsIn, type Log } from './platform/log';
import { Refused } from './platform/problem';
import { Refusing } from './platform/refusing';
import type { AskingRequest } from './platform/question';
import { SERVING, type Serving } from './platform/serving';
import { Jobs } from './system/jobs';
import { Metrics } from './system/metrics';
import { tracesTo } from './traces';

/** Requests in ten seconds, of one who asks; who is at the keyboard is not counted. */
class Throttle extends ThrottlerGuard {
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    const { who } = context.switchToHttp().getRequest<AskingRequest>();
    return Promise.resolve(who?.local ?? false);
  }

  protected override getTracker(request: AskingRequest): Promise<string> {
    return Promise.resolve(request.who?.name ?? `from ${request.socket.remoteAddress ?? ''}`);
  }

  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `${name} ${tracker}`; // One count for all routes.
  }

  protected override throwThrottlingException(): Promise<void> {
    throw new Refused(429, 'too many requests', 'wait some seconds', { 'Retry-After': '10' });
  }
}

@Module({})
class ServerModule {
  static of(serving: Serving, log: Log): DynamicModule {
    return {
      module: ServerModule,
      imports: [
        TerminusModule.forRoot({ logger: false }),
        ThrottlerModule.forRoot([{ name: 'requests', ttl: 10_000, limit: serving.rate }]),
      ],
      controllers,
      providers: [
        { provide: SERVING, useValue: serving },
        { provide: LOG, useValue: log },
        Live,
        Books,
        Jobs,
        Metrics,
        Access,
        { provide: APP_FILTER, useClass: Refusing },
        { provide: APP_GUARD, useExisting: Access },
        { provide: APP_GUARD, useClass: Throttle },
        { provide: APP_INTERCEPTOR, useClass: Answering },
      ],
    };
  }
}

const policy = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

export interface App {
  readonly nest: NestExpressApplication;
  readonly openApi: () => OpenApi;
}

/** Not listening yet. `limits`: how long a request may take to arrive, for tests that will not wait that long. */
export async function makeApp(
  serving: Serving,
  limits: ConstructorParameters<typeof Adapter>[0] = {},
): Promise<App> {
  const log = logTo(serving.log, serving.logTo);
  const nest = await NestFactory.create<NestExpressApplication>(
    ServerModule.of(serving, log),
    new Adapter(limits),
    {
      bodyParser: false,
      logger: false,
      abortOnError: false,
    },
  );
  const access = nest.get(Access);
  nest.use(requestsIn(log));
  nest.use(nest.get(Metrics).measure);
  const traces = serving.traces === undefined ? undefined : await tracesTo(serving.traces, serving.version);
  if (traces) nest.use(traces.measure);
  nest.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: policy },
      strictTransportSecurity: false, // For whoever stands in front of it and has a certificate.
      crossOriginResourcePolicy: { policy: 'same-origin' },
    }),
  );
  nest.use(arriving(serving, () => access.signInNeeded));
  nest.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'version', 'metrics'] });
  let made: OpenApi | undefined;
  const list: readonly Type<unknown>[] = controllers;
  const openApi = (): OpenApi => (made ??= openApiOf(nest, list, serving.version));
  serveDocs(nest, openApi);
  serveFiles(nest, serving.workbench);
  await nest.init();
  if (traces) nest.getHttpServer().once('close', () => void traces.end());
  return { nest, openApi };
}
