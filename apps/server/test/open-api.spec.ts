/**
 * The OpenAPI document says what is so: every example in it answers, with a document that its schema takes whole.
 */
import type { z } from 'zod';
import { controllers } from '../src/controllers';
import { makeApp } from '../src/app';
import { DECLARATION, type Declaration } from '../src/platform/question';
import type { OpenApi, Operation } from '../src/open-api';
import { emptyFolder, servingIn, start } from './under-test';

const operationsOf = ({ paths }: OpenApi): readonly (Operation & { path: string; method: string })[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method })),
  );

const declared = new Map<string, Declaration>();
for (const { name, prototype } of controllers) {
  for (const method of Object.getOwnPropertyNames(prototype)) {
    const handler: unknown = Reflect.get(prototype, method);
    if (typeof handler !== 'function') continue;
    const declaration = Reflect.getMetadata(DECLARATION, handler) as Declaration | undefined;
    if (declaration) declared.set(`${name}.${method}`, declaration);
  }
}

test('every endpoint has an example that answers, and the answer is what its schema says, with nothing more', async () => {
  const { server } = await start({ sources: [{ book: 'sensetime-2022-interim' }] });
  const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenApi;
  const untried: string[] = [];
  for (const operation of operationsOf(document)) {
    const declaration = declared.get(operation.operationId);
    if (!declaration) continue;
    const sent = exampleOf(operation, declaration);
    if (!sent) {
      untried.push(operation.operationId);
      continue;
    }
    const answer = await fetch(server.url + sent.path, sent.request);
    // A job is taken on; all else is answered at once.
    const expected = operation.operationId === 'JobQuestions.start' ? 202 : 200;
    expect([operation.operationId, answer.status]).toEqual([operation.operationId, expected]);
    const { answers, type } = declaration;
    if (type === undefined) expect(unknownKeys(answers, await answer.json())).toEqual([]);
  }
  // They answer only after something else was asked: a job, a proposal, a reading that waits, a record that was saved.
  expect(untried.sort()).toEqual([
    'Decisions.approve',
    'Decisions.confirm',
    'DocumentQuestions.verification',
    'JobQuestions.job',
  ]);
}, 120_000);

/** The request that the document gives as an example; a write is a dry run. */
function exampleOf(
  { 'x-example': path, requestBody }: Operation,
  { kind, body }: Declaration,
): { readonly path: string; readonly request: RequestInit } | undefined {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (path === undefined || (body !== undefined && content?.example === undefined)) return undefined;
  const at = `/api/v1${path.replace('{book}', 'sensetime-2022-interim')}`;
  if (kind === 'question') return { path: at, request: {} };
  const example = content?.example;
  return {
    path: kind === 'write' ? `${at}?dryRun=true` : at,
    request: {
      method: 'POST',
      headers: { 'Tieout-Request': '1', ...(type === undefined ? {} : { 'Content-Type': type }) },
      ...(example === undefined
        ? {}
        : { body: typeof example === 'string' ? example : JSON.stringify(example) }),
    },
  };
}

/** What a schema does not know of a document, or that it does not take. */
function unknownKeys(schema: z.ZodType | undefined, value: unknown): readonly string[] {
  if (!schema) return ['no schema'];
  const read = schema.safeParse(value);
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  // zod leaves out what it does not know.
  return JSON.stringify(sorted(read.data)) === JSON.stringify(sorted(value))
    ? []
    : ['keys that no schema has'];
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;

test('it is OpenAPI 3.1, every reference leads somewhere, every handler has a summary, every write says what it takes', async () => {
  const { nest, openApi } = await makeApp(servingIn(emptyFolder()));
  const document = openApi();
  await nest.close();
  expect(document.openapi).toBe('3.1.0');
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  expect(references.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
  const operations = operationsOf(document).filter(({ operationId }) => declared.has(operationId));
  expect(operations.length).toBe(declared.size);
  expect(operations.filter(({ summary }) => summary === '')).toEqual([]);
  const writes = operations.filter(({ operationId }) => declared.get(operationId)?.kind === 'write');
  for (const { parameters = [] } of writes)
    expect(parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['dryRun', 'Tieout-Request', 'If-Match', 'Idempotency-Key']),
    );
});

test('the pages of the documentation need nothing from elsewhere, and every code has one', async () => {
  const { server } = await start();
  const page = await (await fetch(`${server.url}/api/docs`)).text();
  expect([...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to)).toEqual([
    '/api/docs/swagger-ui.css',
    '/api/docs/page.css',
    '/api/docs/swagger-ui-bundle.js',
    '/api/docs/start.js',
  ]);
  expect(page).not.toMatch(/<style|style=|<script>|onload/);
  for (const path of [
    'swagger-ui.css',
    'page.css',
    'swagger-ui-bundle.js',
    'start.js',
    'errors',
    'errors/E201',
  ])
    expect((await (await fetch(`${server.url}/api/docs/${path}`)).text()).length).toBeGreaterThan(100);
  expect(await (await fetch(`${server.url}/api/docs/errors/E201`)).text()).toContain('its status is 422');
  expect((await fetch(`${server.url}/api/docs/errors/E999`)).status).toBe(404);
});
