/**
 * From a request to what is asked: parameters and body are read once, bounded, and checked against what the handler declares.
 */
import { LedgerError, refuse, sha256, type Problem } from '@tieout/events';
import { suggestion, type Axes } from '@tieout/answers';
import type { Request } from 'express';
import * as z from 'zod';
import { Refused } from './problem';
import { MAX_BODY, type AskedOf, type Declaration, type WriteOf, type Who } from './question';

/** What every question takes, beside its own parameters. */
export const axes = z.object({
  at: z
    .string()
    .optional()
    .meta({ description: 'A day: balances at it, flows up to it', example: '2022-06-30' }),
  knownAt: z
    .string()
    .optional()
    .meta({ description: 'A log position: the books as they were known before it', example: '200' }),
  period: z.string().optional().meta({ description: 'One period', example: '2022H1' }),
  format: z.enum(['json', 'csv', 'ndjson']).optional().meta({ description: 'In place of Accept' }),
});

/** What every write takes. */
export const onWrite = z.object({
  dryRun: z.enum(['true', 'false']).optional().meta({ description: 'Check all, and write nothing' }),
});

/** Levels of a JSON body. */
const DEEPEST = 100;

const NO_QUERY = z.object({});

/** Refuses a parameter that is unknown, given twice or wrong (E602), and a body that is too long, or not what is declared (E107). */
export async function askedOf(
  request: Request,
  who: Who,
  declaration: Declaration,
): Promise<AskedOf<unknown, unknown> | WriteOf<unknown, unknown>> {
  const { kind, query: own = NO_QUERY } = declaration;
  const given = parametersOf(request);
  const common = kind === 'write' ? onWrite : axes;
  const known = [...Object.keys(common.shape), ...Object.keys(own.shape)];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    refuse('E602', `no parameter "${unknown}"`, {
      help: suggestion(unknown, known, `there are ${known.join(', ')}`),
    });
  checked(common, pick(given, common), 'E602');
  const query = checked(own, pick(given, own), 'E602');
  const body = kind === 'question' ? undefined : await bodyOf(request, declaration);
  const params = paramsOf(request);
  const canonicalUrl = `${request.path}?${new URLSearchParams(Object.entries(given).sort(([one], [other]) => (one < other ? -1 : 1))).toString()}`;
  const asked = {
    book: params.book ?? '',
    axes: axesOf(given),
    params,
    query,
    body: body?.value,
    type: typeOf(request),
    who,
    request,
    declaration,
    key: body ? `${canonicalUrl} ${sha256(body.text)}` : canonicalUrl,
  };
  if (kind !== 'write') return asked;
  const dryRun = given.dryRun === 'true';
  return { ...asked, dryRun, ...(dryRun ? {} : preconditions(request)) };
}

/** 428 without the first, 400 without the second: a write says what it saw, and can be sent again. */
function preconditions({ headers }: Request): { ifMatch: string; idempotencyKey: string } {
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined)
    throw new Refused(428, 'If-Match is missing', 'send the ETag of what you looked at, or *');
  const idempotencyKey = headers['idempotency-key'];
  if (typeof idempotencyKey !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(idempotencyKey))
    throw new Refused(
      400,
      'Idempotency-Key is missing, or not 8 to 200 printable characters',
      'send a new UUID with each write, and the same one when you send it again',
    );
  return { ifMatch, idempotencyKey };
}

/** Each parameter once, as text. */
function parametersOf({ url }: Request): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(url.split('?')[1] ?? '')) {
    if (Object.hasOwn(given, name)) refuse('E602', `the parameter ${name} is given twice`);
    refuseControls(name, value);
    given[name] = value;
  }
  return given;
}

function paramsOf({ params }: Request): Record<string, string> {
  const named = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  for (const [name, value] of named) refuseControls(name, value);
  return Object.fromEntries(named);
}

/** No name of ours has one, and what is handed on (to a process, to a log) must not. */
function refuseControls(name: string, value: string): void {
  if (/\p{Cc}/u.test(value)) refuse('E602', `${JSON.stringify(name)} has a control character in it`);
}

const pick = (given: Readonly<Record<string, string>>, { shape }: z.ZodObject): Record<string, string> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(shape, name)));

const axesOf = ({ at, knownAt, period }: Readonly<Record<string, string>>): Axes => ({
  ...(at === undefined ? {} : { at }),
  ...(knownAt === undefined ? {} : { knownAt }),
  ...(period === undefined ? {} : { period }),
});

function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: 'E107' | 'E602',
): z.infer<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }): Problem => {
    const where = path.map(String).join('/');
    return { code, message: where === '' ? message : `${where}: ${message}` };
  });
  throw new LedgerError(problems.slice(0, 100));
}

const typeOf = ({ headers }: Request): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

async function bodyOf(
  request: Request,
  { body, maxBody = MAX_BODY }: Declaration,
): Promise<{ readonly text: string; readonly value: unknown }> {
  const text = await textOf(request, maxBody);
  if (body === undefined || body === 'text') return { text, value: body && text };
  if (typeOf(request) !== 'application/json')
    throw new Refused(415, 'the body is to be application/json', 'send Content-Type: application/json');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse('E107', `the body is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  refuseDeep(value);
  return { text, value: checked(body, value, 'E107') };
}

/** No document of ours is as deep, and what goes through one by recursion would run out of stack. */
function refuseDeep(value: unknown): void {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) refuse('E107', `the body is nested deeper than ${DEEPEST} levels`);
    level = level.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
}

/** The body as UTF-8; refuses (413) the byte that is one too many, without reading on. */
export async function textOf(request: Request, limit: number): Promise<string> {
  const { 'content-encoding': encoding, 'content-length': length } = request.headers;
  if (encoding !== undefined && encoding !== 'identity')
    throw new Refused(415, `the body is encoded as ${encoding}`, 'send it as it is');
  const tooLong = (): Refused => new Refused(413, `the body is longer than ${limit} bytes`);
  if (Number(length ?? 0) > limit) throw tooLong();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLong();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return refuse('E107', 'the body is no UTF-8 text');
  }
}
