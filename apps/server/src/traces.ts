/**
 * Traces of requests, to whoever collects them (OTLP over HTTP). The packages for it are loaded only where that is asked for.
 */
import type { NextFunction, Request, Response } from 'express';

export interface Traces {
  /** Express middleware: one span a request. */
  measure(request: Request, response: Response, next: NextFunction): void;
  /** Sends what is left. */
  end(): Promise<void>;
}

/** Spans say route, method and status: nothing of what was asked or answered. */
export async function tracesTo(endpoint: string, version: string): Promise<Traces> {
  const [{ SpanKind, SpanStatusCode }, { BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const provider = new NodeTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer('tieout', version);
  return {
    measure: (request, response, next) => {
      const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER });
      response.once('close', () => {
        const { path = 'none' } = (request as { route?: { path?: string } }).route ?? {};
        span.updateName(`${request.method} ${path}`);
        span.setAttributes({
          'http.request.method': request.method,
          'http.route': path,
          'http.response.status_code': response.statusCode,
        });
        if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      });
      next();
    },
    end: () => provider.shutdown(),
  };
}
