/**
 * The OpenAPI 3.1 document: the routes as Nest has them, filled from what each handler declares. Schemas are those that the
 * documents are made from (zod), so there is no second description to go stale.
 */
import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import * as z from 'zod';
import { axes, onWrite } from './platform/asking';
import { problemDocument } from './platform/problem';
import { DECLARATION, type Declaration } from './platform/question';

type Json = Record<string, unknown>;

/** What every path of the API begins with. */
const API = '/api/v1';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Json;
  readonly example?: string;
}

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: readonly string[];
  parameters?: readonly Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json; example?: unknown }> };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: Json }>; headers?: Json }
  >;
  security?: readonly Json[];
  'x-command'?: string;
  'x-example'?: string;
}

export interface OpenApi {
  readonly openapi: string;
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Json & { readonly schemas: Readonly<Record<string, Json>> };
}

/** Schemas with an id are named once; a schema says only what is there, so objects of JSON Schema are open. */
class Schemas {
  readonly named: Record<string, Json> = {};

  /** Input: what is sent; output: what is answered. */
  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json;
    const { $schema: _, $defs, ...rest } = made;
    for (const [name, each] of Object.entries(($defs ?? {}) as Record<string, Json>))
      this.named[name] ??= inComponents(each);
    const whole = inComponents(rest);
    const id = z.globalRegistry.get(schema)?.id;
    if (id === undefined) return whole;
    this.named[id] ??= whole;
    return { $ref: `#/components/schemas/${id}` };
  }
}

const inComponents = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;

const texts = ['application/yaml', 'application/json', 'text/plain'];

function bodyOf({ body, bodyExample }: Declaration, schemas: Schemas): Operation['requestBody'] {
  if (body === undefined) return undefined;
  const ofSchema = body === 'text' ? undefined : z.globalRegistry.get(body)?.example;
  const said = bodyExample ?? ofSchema;
  const example = said === undefined ? {} : { example: said };
  if (body === 'text')
    return {
      required: true,
      content: Object.fromEntries(texts.map((type) => [type, { schema: { type: 'string' }, ...example }])),
    };
  return {
    required: true,
    content: { 'application/json': { schema: schemas.of(body, 'input'), ...example } },
  };
}

function queryOf(object: z.ZodObject, schemas: Schemas): Parameter[] {
  return Object.entries(object.shape as Record<string, z.ZodType>).map(([name, schema]) => {
    const description = z.globalRegistry.get(schema)?.description;
    const required = !schema.safeParse(undefined).success;
    return {
      name,
      in: 'query',
      required,
      ...(description === undefined ? {} : { description }),
      schema: schemas.of(schema, 'input'),
    };
  });
}

const header = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

const ours = header('Tieout-Request', 'Any value: pages of other sites cannot send it');

/** What every refusal is. */
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function responsesOf(declaration: Declaration, schemas: Schemas): Operation['responses'] {
  const { kind, answers, table, rows, type } = declaration;
  const document = { schema: schemas.of(answers, 'output') };
  const content =
    type === undefined
      ? {
          'application/json': document,
          ...(table ? { 'text/csv': { schema: { type: 'string' } } } : {}),
          ...(rows ? { 'application/x-ndjson': { schema: { type: 'string' } } } : {}),
        }
      : { [type]: { schema: { type: 'string' } } };
  const common = {
    '401': problem('Who asks is not known'),
    '403': problem('Who asks may not'),
    '404': problem('A name is not known'),
    default: problem('Any other refusal'),
  };
  if (kind !== 'write')
    return {
      '200': { description: 'The document', content },
      '304': { description: 'Theirs stands' },
      ...common,
    };
  return {
    '200': { description: 'Nothing was written: a dry run, or all is there already', content },
    '201': { description: 'Written', content },
    '409': problem('The log holds something else'),
    '412': problem('The log moved on'),
    '422': problem('What was sent may not be taken; all that is wrong, at once'),
    '428': problem('If-Match is missing'),
    ...common,
  };
}

function filled(route: Operation, declaration: Declaration, path: string, schemas: Schemas): Operation {
  const { kind, query, command, needs } = declaration;
  const under = path.replace(API, '');
  // Where the book alone is to be named, the path is its own example.
  const example = declaration.example ?? (/\{(?!book\})/.test(under) ? undefined : under);
  const shown = example?.split('?')[0]?.split('/') ?? [];
  const inPath = under.split('/').flatMap((part, index): Parameter[] => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return [];
    const value = shown[index];
    const named = value === undefined || value === part ? {} : { example: value };
    return [{ name, in: 'path', required: true, schema: { type: 'string' }, ...named }];
  });
  const headers =
    kind === 'question'
      ? []
      : kind === 'preview'
        ? [ours]
        : [
            ours,
            header('If-Match', 'The ETag of what was looked at, or *; not needed for a dry run'),
            header(
              'Idempotency-Key',
              'New for each write, the same when it is sent again; not needed for a dry run',
            ),
          ];
  const requestBody = bodyOf(declaration, schemas);
  return {
    operationId: route.operationId,
    tags: route.tags.map((tag) => tag.replace(/Questions$/, '')),
    summary: declaration.summary,
    description: [
      declaration.description,
      command === undefined ? undefined : `The document of \`tieout ${command} --json\`.`,
      needs === undefined ? undefined : `Takes the role ${needs}.`,
    ]
      .filter((each) => each !== undefined)
      .join(' '),
    parameters: [
      ...inPath,
      ...queryOf(kind === 'write' ? onWrite : axes, schemas),
      ...(query ? queryOf(query, schemas) : []),
      ...headers,
    ],
    ...(requestBody ? { requestBody } : {}),
    responses: responsesOf(declaration, schemas),
    ...(command === undefined ? {} : { 'x-command': command }),
    ...(example === undefined ? {} : { 'x-example': example }),
  };
}

/** The document of an application with these controllers. */
export function openApiOf(
  app: INestApplication,
  controllers: readonly Type<unknown>[],
  version: string,
): OpenApi {
  const declared = new Map<string, Declaration>();
  for (const { name, prototype } of controllers) {
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const handler = (prototype as Record<string, unknown>)[method];
      const declaration =
        typeof handler === 'function'
          ? (Reflect.getMetadata(DECLARATION, handler) as Declaration | undefined)
          : undefined;
      if (declaration) declared.set(`${name}.${method}`, declaration);
    }
  }
  const builder = new DocumentBuilder()
    .setTitle('Tieout')
    .setDescription(
      'Published financial statements, rebuilt from journal entries and held against what was published.',
    )
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'tieout token add NAME --role reader' });
  const made = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
  });
  const plain = JSON.parse(JSON.stringify(made)) as OpenApi;
  const schemas = new Schemas();
  schemas.of(problemDocument, 'output');
  const paths = Object.fromEntries(
    Object.entries(plain.paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => {
          const declaration = declared.get(operation.operationId);
          return [method, declaration ? filled(operation, declaration, path, schemas) : operation];
        }),
      ),
    ]),
  );
  return { ...plain, paths, components: { ...plain.components, schemas: schemas.named } };
}
