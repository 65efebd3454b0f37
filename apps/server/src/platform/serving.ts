/**
 * What a server is started with: whose books, where it listens, and who may ask. Data only, so that the command can hand it
 * over to a bundle that it does not import.
 */
import type { Source } from '@tieout/answers';

export interface Oidc {
  readonly issuer: string;
  readonly audience: string;
  /** The claim that lists roles; a dot goes into objects: `realm_access.roles`. */
  readonly rolesClaim: string;
}

export interface Serving {
  /** One for each book: the first is the one that the workbench opens. */
  readonly sources: readonly Source[];
  readonly cwd: string;
  /** The folder of the bundled books. */
  readonly bundledBooks: string;
  /** The built command, which jobs run. */
  readonly command: string;
  /** The built workbench; its files are served where it is there. */
  readonly workbench: string;
  readonly version: string;
  readonly host: string;
  /** 0 takes one that is free. */
  readonly port: number;
  readonly readOnly: boolean;
  /** The file of access tokens. */
  readonly tokens: string;
  readonly oidc?: Oidc;
  /** Who is at the keyboard: asks where nobody has to sign in. */
  readonly user: string;
  /** Requests that one who asks may make in ten seconds; who is at the keyboard makes as many as they like. */
  readonly rate: number;
  /** pino's: `silent`, `warn`, `info`, ... */
  readonly log: string;
  /** Where the log's lines go: standard output when absent. */
  readonly logTo?: { write(line: string): void };
  /** Where requests' traces go (OTLP over HTTP), if anywhere. */
  readonly traces?: string;
  /** Narration. */
  tell(text: string): void;
}

/** Injects the `Serving`. */
export const SERVING = Symbol('SERVING');

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

export const isLoopback = (host: string): boolean => loopback.has(host);
