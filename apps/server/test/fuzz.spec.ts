/**
 * Requests that the OpenAPI document allows, and requests that it does not: whatever is sent, no answer is a 500, every
 * refusal is a problem document, and what is refused writes nothing.
 *
 * TIEOUT_FULL=1 sends ten thousand; a few hundred otherwise. What is sent is drawn from the seed of the house's laws.
 */
import fc from 'fast-check';
import { problemDocument } from '../src/platform/problem';
import type { OpenApi, Operation } from '../src/open-api';
import { cornerShop, start, wages } from './under-test';

const REQUESTS = process.env.TIEOUT_FULL === '1' ? 10_000 : 400;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Names that mean something here, and names that mean nothing. */
const name = fc.oneof(
  fc.constantFrom(
    cornerShop,
    'is',
    'balance-sheet',
    '2024',
    '2025',
    'CS-2024-1',
    'is.revenue@2025',
    'cash',
    '1',
  ),
  fc.constantFrom(
    '..',
    '%2e%2e',
    '__proto__',
    'constructor',
    "' OR 1=1 --",
    '\u0000',
    'x'.repeat(3_000),
    '=cmd()',
  ),
  fc.string({ maxLength: 20 }),
);

const value = fc.oneof(
  { weight: 3, arbitrary: name },
  fc.constantFrom(
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    'NaN',
    '2025-12-31',
    '2025-02-30',
    '0000-00-00',
    'true',
  ),
  fc.integer({ min: -5, max: 5_000 }).map(String),
);

/** Entries that are taken once. */
const entry = fc.nat({ max: 500 }).map((number) => wages(`W-${number}`));

const body = fc.oneof(
  { weight: 3, arbitrary: entry },
  fc.constantFrom(
    wages('W-2', '100', '90'),
    wages('W-3', '-1'),
    '{}',
    '[]',
    'null',
    '{"__proto__":{"x":1}}',
    '{"reason":"why"}',
    '{"job":"dig"}',
    '{"sets":[]}',
    '- &a [*a]',
    'a: &x [1]\nb: [*x, *x]',
    '\u0000',
  ),
  fc.json({ maxDepth: 3 }),
  fc.string({ maxLength: 200 }),
);

/** What is sent is right at the door more often than not, so that what is behind it is tried. */
const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: other });

const type = fc.constantFrom(
  'application/yaml',
  'application/json',
  'text/plain',
  'x',
  'multipart/form-data',
);

/** A request to an operation: its parameters mostly, sometimes others; its headers mostly, sometimes none. */
function requestTo(path: string, method: string, { parameters = [] }: Operation): fc.Arbitrary<Sent> {
  const names = parameters.flatMap((each) => (each.in === 'query' ? [each.name] : []));
  const query = fc.dictionary(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names, 'q') }, fc.string({ maxLength: 5 })),
    value,
    { maxKeys: 3 },
  );
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, each = '']) => each);
  return fc
    .record({
      names: fc.tuple(
        ...inPath.map((each) =>
          each === 'book' ? fc.oneof({ weight: 9, arbitrary: fc.constant(cornerShop) }, name) : name,
        ),
      ),
      query,
      body,
      type,
      ours: mostly(fc.constant(true), fc.constant(false)),
      match: mostly(fc.constant('*'), fc.constantFrom('"rev-3-00000000"', 'W/"x"', '')),
      key: mostly(fc.uuid(), fc.constantFrom('', 'short', '12345678')),
      dryRun: mostly(fc.constant(false), fc.constant(true)),
    })
    .map((drawn) => {
      let at = 0;
      const filled = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(drawn.names[(at += 1) - 1] ?? ''));
      const search = new URLSearchParams({
        ...drawn.query,
        ...(drawn.dryRun && method === 'post' ? { dryRun: 'true' } : {}),
      });
      const headers = {
        ...(drawn.ours ? { 'Tieout-Request': '1' } : {}),
        ...(drawn.match === '' ? {} : { 'If-Match': drawn.match }),
        ...(drawn.key === '' ? {} : { 'Idempotency-Key': drawn.key }),
      };
      const url = `${filled}?${search.toString()}`;
      if (method === 'get') return { method: 'GET', path: url, headers: { 'If-None-Match': drawn.match } };
      return {
        method: 'POST',
        path: url,
        headers: { ...headers, 'Content-Type': drawn.type },
        body: drawn.body,
      };
    });
}

/** Streams do not end; jobs start processes; both are seen elsewhere. */
const fuzzed = ([path]: readonly [string, unknown]): boolean =>
  path.startsWith('/api/v1/') && !/\/(live|stream)$/.test(path) && !/\/jobs$/.test(path);

test(`${REQUESTS} requests: no 500, every refusal a problem, and what is refused writes nothing`, async () => {
  const { server, base } = await start();
  const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenApi;
  const requests = Object.entries(document.paths)
    .filter(fuzzed)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        // Of many operations few write: they are tried more often.
        weight: method === 'post' && path.endsWith('/entries') ? 8 : 1,
        arbitrary: requestTo(path, method, operation),
      })),
    );
  expect(requests.length).toBeGreaterThan(20);
  const revision = async (): Promise<number> =>
    ((await (await fetch(base)).json()) as { length: number }).length;
  let known = await revision();
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(...requests), async ({ path, ...sent }) => {
      const answer = await fetch(server.url + path, sent);
      const text = await answer.text();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect([path, answer.status, text].slice(0, answer.status >= 500 ? 3 : 0)).toEqual([]);
      if (answer.status >= 400) {
        expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
        expect(problemDocument.strict().safeParse(JSON.parse(text)).error?.issues).toBeUndefined();
      }
      if (sent.method === 'GET') return;
      const after = await revision();
      if (answer.status !== 201) expect([path, after]).toEqual([path, known]);
      known = after;
    }),
    { numRuns: REQUESTS },
  );
  // A fuzz that is turned away at the door has tried nothing.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 40);
  expect(statuses.get(201) ?? 0).toBeGreaterThan(0);
  expect(statuses.get(422) ?? 0).toBeGreaterThan(0);
}, 600_000);
