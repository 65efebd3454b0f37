/**
 * An answer: the bytes of a document, with what a cache may know of it.
 *
 * Invariant: the ETag is strong. It names the revision of the log that was folded, and the book and program that folded it;
 * the same address with the same ETag is the same bytes.
 */
import { Refused } from './problem';
import type { AskedOf, Declaration, QuestionDeclared } from './question';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** None where the one who asks has it already (304). */
  readonly body: Buffer;
}

export const isAnswer = (value: unknown): value is Answer =>
  (value as Partial<Answer> | null | undefined)?.body instanceof Buffer;

/** Rows of an answer that are sent in one piece; more are to be asked for in parts. */
export const MAX_ROWS = 200_000;

export type Form = 'json' | 'csv' | 'ndjson';

const mediaTypes: Readonly<Record<Form, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

/** The form that is asked for, by `?format=` or Accept; refuses (406) one that the document does not have. */
export function formAsked({ request }: AskedOf<unknown, unknown>, { table, rows }: Declaration): Form {
  const named = new URLSearchParams(request.url.split('?')[1] ?? '').get('format');
  const there: readonly Form[] = [
    'json',
    ...(table ? ['csv' as const] : []),
    ...(rows ? ['ndjson' as const] : []),
  ];
  const form = there.find((each) => each === named);
  if (form) return form;
  if (named !== null)
    throw new Refused(406, `this document is not to be had as ${named}`, `as ${there.join(', ')}`);
  const accepted = request.accepts(there.map((each) => mediaTypes[each].split(';')[0] ?? ''));
  return there.find((each) => mediaTypes[each].startsWith(`${String(accepted)};`)) ?? 'json';
}

/** A document in a form, as bytes. */
export function bytesOf(
  document: unknown,
  form: Form,
  forms: Pick<QuestionDeclared<unknown>, 'table' | 'rows'>,
): Buffer {
  if (form === 'json') return Buffer.from(JSON.stringify(document));
  if (form === 'csv')
    return Buffer.from(
      bounded(forms.table?.(document) ?? [])
        .map(csvRecord)
        .join(''),
    );
  return Buffer.from(
    bounded(forms.rows?.(document) ?? [])
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
}

function bounded<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MAX_ROWS) return rows;
  throw new Refused(413, `the answer has ${rows.length} rows`, 'ask for a part of them');
}

/**
 * One CSV record (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front; a number with
 * its sign stays a number.
 */
export function csvRecord(cells: readonly string[]): string {
  const harmless = cells.map((cell) =>
    /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell,
  );
  return `${harmless.map((cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}

/** `"rev-412-7c1e90d2"`, or of another form than JSON `"rev-412-7c1e90d2-csv"`. */
export const etagOf = (revision: number, basis: string, form: Form = 'json'): string =>
  `"rev-${revision}-${basis}${form === 'json' ? '' : `-${form}`}"`;

/** The revision and basis of an ETag of ours. */
export function fromEtag(etag: string): { readonly revision: number; readonly basis: string } | undefined {
  const [, revision, basis] = /^(?:W\/)?"rev-(\d{1,15})-([0-9a-f]+)(?:-\w+)?"$/.exec(etag.trim()) ?? [];
  return revision === undefined || basis === undefined ? undefined : { revision: Number(revision), basis };
}

/** RFC 9110 §13.1.2: is what they have, by `If-None-Match`, what they would get? */
export function hasAlready({ request }: AskedOf<unknown, unknown>, etag: string): boolean {
  const given = request.headers['if-none-match'];
  if (given === undefined) return false;
  return given.trim() === '*' || given.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

/** Headers of an answer at a revision. Whoever caches it asks again each time, and is told in a few bytes that it stands. */
export function headersOf({
  revision,
  etag,
  form = 'json',
  type,
  file,
}: {
  readonly revision: number;
  readonly etag: string;
  readonly form?: Form;
  readonly type?: string | undefined;
  readonly file?: string | undefined;
}): Record<string, string> {
  return {
    'Content-Type': type ?? mediaTypes[form],
    'Tieout-Revision': String(revision),
    ETag: etag,
    'Cache-Control': 'private, no-cache',
    Vary: 'Accept, Authorization, Cookie',
    ...(file === undefined
      ? {}
      : { 'Content-Disposition': `attachment; filename="${file.replace(/[^\w.-]/g, '_')}"` }),
  };
}
