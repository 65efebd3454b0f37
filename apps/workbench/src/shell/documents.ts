/**
 * Asking the server: every screen shows documents, the same that the command prints with --json.
 *
 * A document is of a revision. It is asked for once and kept until the server says that there is a new one (live.ts); it
 * is then asked for again, and the browser's own cache answers where the ETag is the same.
 */
import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import { placeNow, usePlace, type Place } from './place';
import { source } from './source';

/** RFC 9457, with what the command says of a refusal. `status` 0: the server was not reached. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly code?: string;
  readonly type?: string;
  readonly help?: string;
  /** All that is wrong, at once. */
  readonly errors?: readonly Refusal[];
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly at?: {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    /** The lines, with a caret under what is wrong. */
    readonly frame?: string;
  };
  readonly notes?: readonly string[];
  readonly help?: string;
}

export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false } },
});

/** The server wants to know who asks: the dialog of sign-in.tsx is open. */
export const signInNeeded = source(false);

/** The ETag of the last answer about the head: what a write is held against. */
let headTag = '*';

const axes = ['at', 'knownAt', 'period'] as const;

/** `statements/is` is of the book at hand and takes its axes from the place; `/books` is neither. */
export function urlOf({ book, search }: Place, path: string, params: Params = {}): string {
  const asked = new URLSearchParams();
  const ofBook = !path.startsWith('/');
  if (ofBook) for (const name of axes) if (search[name] !== undefined) asked.set(name, search[name]);
  for (const [name, value] of Object.entries(params))
    if (value === undefined) asked.delete(name);
    else asked.set(name, String(value));
  const query = asked.toString();
  return `/api/v1${ofBook ? `/books/${encodeURIComponent(book)}/` : ''}${path}${query === '' ? '' : `?${query}`}`;
}

/** What the server answers; throws a Problem. */
async function answer<T>(url: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refused({
      status: 0,
      title: 'The server cannot be reached',
      detail: 'Is `tieout serve` running?',
    });
  }
  if (response.status === 401) signInNeeded.set(true);
  const text = await response.text();
  if (!response.ok) throw new Refused(problemOf(response, text));
  const tag = response.headers.get('etag');
  if (tag !== null && !/[?&](at|knownAt)=/.test(url)) headTag = tag;
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A problem on its way through what only passes errors on. */
class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

function problemOf(response: Response, text: string): Problem {
  const plain = { status: response.status, title: `The server answered ${response.status}` };
  if (!(response.headers.get('content-type') ?? '').includes('json')) return plain;
  return { ...plain, ...(JSON.parse(text) as Partial<Problem>) };
}

const problemIn = (error: unknown): Problem | undefined => {
  if (error === null || error === undefined) return undefined;
  if (error instanceof Refused) return error.problem;
  return { status: 0, title: error instanceof Error ? error.message : 'The answer could not be read' };
};

export interface Asked<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  /** Nothing to show yet. */
  readonly pending: boolean;
  /** What is shown is of the question before this one. */
  readonly stale: boolean;
  readonly again: () => void;
}

/** Named one by one: a query tells only of a change in what was read of it. */
const askedOf = <T>({ data, error, isPending, isPlaceholderData, refetch }: UseQueryResult<T>): Asked<T> => ({
  data,
  problem: problemIn(error),
  pending: isPending,
  stale: isPlaceholderData,
  again: () => void refetch(),
});

/** A document of the book, along the axes of the place. An undefined path asks nothing. */
export function useDocument<T>(path: string | undefined, params: Params = {}): Asked<T> {
  const url = urlOf(usePlace(), path ?? '', params);
  const asked = useQuery({
    queryKey: [url],
    queryFn: ({ signal }) => answer<T>(url, { signal, headers: { Accept: 'application/json' } }),
    enabled: path !== undefined,
    placeholderData: keepPreviousData,
  });
  return askedOf(asked);
}

/** As useDocument, of a question that is too long for an address, and asked again whenever it changes. */
export function useAnswer<T>(path: string, body: object | undefined): Asked<T> {
  const place = usePlace();
  const url = urlOf(place, path);
  const asked = useQuery({
    queryKey: [url, body],
    queryFn: () => post<T>(path, { body }, false),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
  });
  return askedOf(asked);
}

export interface Sent {
  readonly body?: unknown;
  /** Anything but JSON is sent as the text that it is. */
  readonly type?: 'application/json' | 'text/plain' | 'application/yaml';
  readonly params?: Params;
}

export type Outcome<T> =
  | { readonly document: T; readonly problem?: undefined }
  | { readonly document?: undefined; readonly problem: Problem };

export interface Sending<T> {
  readonly send: (path: string, sent?: Sent) => Promise<Outcome<T>>;
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly pending: boolean;
  readonly reset: () => void;
}

/** A question that is too long for an address: what-if, ticks, a dry run. Nothing is written. */
export const usePost = <T>(): Sending<T> => useSending<T>(false);

/** A write: held against the revision that the reader has seen, and done once however often it is sent. */
export const useWrite = <T>(): Sending<T> => useSending<T>(true);

function useSending<T>(writes: boolean): Sending<T> {
  const { mutateAsync, data, error, isPending, reset } = useMutation({
    mutationFn: ({ path, sent }: { path: string; sent: Sent }) => post<T>(path, sent, writes),
    onSuccess: (_, { sent }) =>
      writes && sent.params?.['dryRun'] !== true ? queries.invalidateQueries() : undefined,
  });
  const send = (path: string, sent: Sent = {}): Promise<Outcome<T>> =>
    mutateAsync({ path, sent }).then(
      (document) => ({ document }),
      (refused: unknown) => ({ problem: problemIn(refused) ?? { status: 0, title: 'not sent' } }),
    );
  return { send, data, problem: problemIn(error), pending: isPending, reset };
}

/** Signing out: the cookie is taken back, and nothing that was answered is kept. */
export async function signOut(): Promise<void> {
  await fetch('/api/v1/session', { method: 'DELETE', headers: { 'Tieout-Request': '1' } });
  location.reload();
}

function post<T>(
  path: string,
  { body, type = 'application/json', params }: Sent,
  writes: boolean,
): Promise<T> {
  // What is written is written at the head, whatever day or position the reader looks at.
  const place = writes ? { ...placeNow(), search: {} } : placeNow();
  return answer<T>(urlOf(place, path, params), {
    method: 'POST',
    headers: {
      Accept: 'application/json',
      'Content-Type': type,
      'Tieout-Request': '1',
      ...(writes ? { 'If-Match': headTag, 'Idempotency-Key': newKey() } : {}),
    },
    body: type === 'application/json' ? JSON.stringify(body ?? {}) : String(body),
  });
}

/** Not `crypto.randomUUID`: browsers have it on https and localhost only. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Signing in: the token becomes a cookie that no script can read; what was refused before is asked again. */
export async function signIn(token: string): Promise<Problem | undefined> {
  try {
    await post('/session', { body: { token } }, false);
  } catch (error) {
    return problemIn(error);
  }
  // What was asked before and is still on its way comes back refused: it is asked anew with the others.
  await queries.cancelQueries();
  signInNeeded.set(false);
  await queries.resetQueries();
  return undefined;
}
