/**
 * The three kinds of request, as decorators: a question reads, a preview reads with a body, a write appends to the log.
 *
 * One declaration says all that is done before the handler runs (roles, parameters, body, preconditions) and all that the
 * OpenAPI document says, so that they cannot differ. The handler gets one argument, `@Asked()`.
 */
import { applyDecorators, createParamDecorator, Get, Post, SetMetadata } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Axes } from '@tieout/answers';
import type { Role } from '@tieout/access';
import type { Request } from 'express';
import type * as z from 'zod';

/** Who asks. */
export interface Who {
  /** Stands as the actor in every event. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** At the keyboard of the machine itself, where nobody has to sign in. */
  readonly local: boolean;
}

/** What a handler is asked. */
export interface AskedOf<Query = unknown, Body = undefined> {
  readonly book: string;
  readonly axes: Axes;
  /** Of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The content type of the body, without its parameters. */
  readonly type: string;
  readonly who: Who;
  readonly request: Request;
  /** What was asked, canonical: the same for the same path, parameters and body. */
  readonly key: string;
  readonly declaration: Declaration;
}

/** A write, with what it rests on. */
export interface WriteOf<Body = undefined, Query = unknown> extends AskedOf<Query, Body> {
  readonly dryRun: boolean;
  /** `If-Match`: absent on a dry run only. */
  readonly ifMatch?: string;
  /** `Idempotency-Key`: absent on a dry run only. */
  readonly idempotencyKey?: string;
}

interface Declared<Document> {
  /** Answers this document. */
  readonly answers: z.ZodType<Document>;
  readonly summary: string;
  readonly description?: string;
  /** The command that says the same: `figures`. */
  readonly command?: string;
  /** Beside at, knownAt and period, which every question takes. */
  readonly query?: z.ZodObject;
  /** A role that is needed; reader when absent. */
  readonly needs?: Role;
  /** A path that answers, in the bundled book: shown in the document, and tried in a test. */
  readonly example?: string;
  /** The answer is no JSON. */
  readonly type?: string;
}

export interface QuestionDeclared<Document> extends Declared<Document> {
  /** As rows of cells, the first with names: what `text/csv` gets. */
  readonly table?: (document: Document) => readonly (readonly string[])[];
  /** As separate objects: what `application/x-ndjson` gets. */
  readonly rows?: (document: Document) => readonly unknown[];
}

interface BodyDeclared {
  /** Text as it is, or JSON of this schema. */
  readonly body?: 'text' | z.ZodType;
  /** Bytes. */
  readonly maxBody?: number;
  /** A body that answers, for the document. */
  readonly bodyExample?: unknown;
}

export type PreviewDeclared<Document> = QuestionDeclared<Document> & BodyDeclared;
export type WriteDeclared<Document> = Declared<Document> & BodyDeclared & { readonly needs: Role };

/** What stands on a handler. */
export type Declaration = QuestionDeclared<unknown> &
  BodyDeclared & { readonly kind: 'question' | 'preview' | 'write'; readonly path: string };

export const DECLARATION = 'tieout:declaration';

/** A body of text, where no limit is declared: 1 MB. */
export const MAX_BODY = 1_000_000;

/** What makes the other forms of an answer: behind the decorator the document's type is no longer known. */
interface Forms {
  readonly table?: (document: never) => unknown;
  readonly rows?: (document: never) => unknown;
}

const declare = (declaration: Omit<Declaration, keyof Forms>, { table, rows }: Forms): MethodDecorator =>
  applyDecorators(
    SetMetadata(DECLARATION, { ...declaration, table, rows }),
    ApiOperation({ summary: declaration.summary, description: declaration.description ?? '' }),
  );

/** `GET path`: a document of a book, by axes. */
export const Question = <Document>(path: string, declared: QuestionDeclared<Document>): MethodDecorator =>
  applyDecorators(Get(path), declare({ ...declared, kind: 'question', path }, declared));

/** `POST path` that writes nothing. */
export const Preview = <Document>(path: string, declared: PreviewDeclared<Document>): MethodDecorator =>
  applyDecorators(Post(path), declare({ ...declared, kind: 'preview', path }, declared));

/** `POST path` that appends to the log: by whoever has the role, on what they saw, once. */
export const Write = <Document>(path: string, declared: WriteDeclared<Document>): MethodDecorator =>
  applyDecorators(Post(path), declare({ ...declared, kind: 'write', path }, {}));

/** A request, with what was found out about it on its way to the handler. */
export interface AskingRequest extends Request {
  who?: Who;
  asked?: AskedOf<unknown, unknown>;
}

/** The handler's argument. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { asked } = context.switchToHttp().getRequest<AskingRequest>();
  if (!asked) throw new Error('assertion failed: a handler without a declaration asks what it was asked');
  return asked;
});
