/**
 * Refusals over HTTP: RFC 9457 problem documents, with the codes, texts and next steps that the command prints.
 *
 * Invariant: whoever is refused learns why and what to do, and nothing of the inside: an unexpected error is a 500 whose
 * cause stands in the log alone.
 */
import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { errorCatalogue, LedgerError, type ErrorCode, type Problem } from '@tieout/events';
import * as z from 'zod';

/** What stands between the request and the books: no refusal of the ledger. */
export class Refused extends HttpException {
  constructor(
    status: number,
    readonly detail: string,
    readonly help?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail, status);
  }
}

const place = z.object({
  file: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
  frame: z.string().optional(),
});

export const problemDocument = z
  .object({
    type: z.string().meta({ description: 'The page about it; about:blank where the status says all' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().optional().meta({ description: "The first error's code, as the command prints it" }),
    instance: z.string().meta({ description: 'The request, as the log names it' }),
    written: z.literal(false).meta({ description: 'Nothing of a refused request is written' }),
    help: z.string().optional().meta({ description: 'One next step' }),
    errors: z
      .array(
        z.object({
          code: z.string(),
          message: z.string(),
          at: place.optional(),
          notes: z.array(z.string()).optional(),
          help: z.string().optional(),
        }),
      )
      .optional()
      .meta({ description: 'All that is wrong, at once' }),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457)' });

export type ProblemDocument = z.infer<typeof problemDocument>;

/** The statuses of codes that do not follow from their hundred. */
const special: Readonly<Partial<Record<ErrorCode, number>>> = {
  E207: 409,
  E210: 404,
  E213: 403,
  E403: 409,
  E405: 409,
  E406: 422,
  E501: 409,
  E502: 409,
  E503: 503,
  E504: 507,
  E601: 404,
  E602: 400,
};

/** E1xx, E2xx, E3xx, E7xx: what was sent or asked may not be taken. E4xx: the store itself is in doubt. */
export function statusOf(code: ErrorCode): number {
  return special[code] ?? (code.startsWith('E4') ? 500 : 422);
}

/** What a refusal, an HTTP exception or anything else that was thrown is to the one who asked. */
export function problemOf(error: unknown, instance: string): ProblemDocument {
  if (error instanceof LedgerError) return problemOfRefusal(error.problems, instance);
  const status = error instanceof HttpException ? error.getStatus() : 500;
  const said = error instanceof Refused ? error : undefined;
  const title = STATUS_CODES[status] ?? 'Error';
  return {
    type: 'about:blank',
    title,
    status,
    detail: said?.detail ?? (status < 500 && error instanceof Error ? error.message : title),
    instance,
    written: false,
    ...(said?.help === undefined ? {} : { help: said.help }),
  };
}

/** Errors that one refusal lists; `detail` counts them all. */
const SHOWN = 1_000;

/** The gravest problem gives the status, the first one the title. */
function problemOfRefusal(problems: readonly Problem[], instance: string): ProblemDocument {
  const [first] = problems;
  const statuses = problems.map(({ code }) => statusOf(code));
  return {
    type: first ? `/api/docs/errors/${first.code}` : 'about:blank',
    title: first ? errorCatalogue[first.code].title : 'Refused',
    status: statuses.reduce((gravest, each) => Math.max(gravest, each), 400),
    detail:
      problems.length === 1 ? (first?.message ?? '') : `${problems.length} errors: ${first?.message ?? ''}`,
    ...(first ? { code: first.code } : {}),
    instance,
    written: false,
    ...(first?.help === undefined ? {} : { help: first.help }),
    errors: problems.slice(0, SHOWN).map(({ code, message, at, notes, help }) => ({
      code,
      message,
      ...(at ? { at } : {}),
      ...(notes ? { notes: [...notes] } : {}),
      ...(help === undefined ? {} : { help }),
    })),
  };
}
