/**
 * The URL of a cluster, read so that its secrets go no further than the client's credentials.
 *
 * A connection string of KurrentDB: `kurrentdb://USER:PASSWORD@HOST:PORT,HOST:PORT?tlsCAFile=ca.crt`, or
 * `kurrentdb+discover://` where the name has records of the nodes. Its options pass through, all but those under which
 * this store could not keep its promises. The client writes the whole string into warnings, errors and its debug lines,
 * so the string that it is given has no user and password; those it gets apart, for each call.
 */
import { refuse } from '@tieout/events';

export interface Connection {
  /** For messages: scheme and hosts. */
  readonly shown: string;
  /** `HOST:PORT,HOST:PORT`, as written. */
  readonly hosts: string;
  /** For the client: no secret in it. */
  readonly string: string;
  /** Never sent where the connection is not encrypted. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

/** What the client knows, lower case. It warns of others by printing the string; they are refused here. */
const options = new Set(
  [
    ...[
      'tls',
      'tlsVerifyCert',
      'tlsCAFile',
      'userCertFile',
      'userKeyFile',
      'connectionName',
      'nodePreference',
    ],
    ...['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout', 'defaultDeadline'],
    ...['keepAliveInterval', 'keepAliveTimeout', 'throwOnAppendFailure'],
  ].map((name) => name.toLowerCase()),
);

const help =
  'kurrentdb://USER:PASSWORD@HOST:PORT,HOST:PORT?tlsCAFile=FILE, or kurrentdb+discover://NAME:PORT';

/** Refuses (E602) a URL that is not one, naming what is wrong and never what stands for user and password. */
export function readConnection(url: string): Connection {
  const shown = withoutSecret(url);
  const wrong = (why: string): never => refuse('E602', `the store ${shown} ${why}`, { help });
  const [, scheme, user, hosts, query = ''] =
    /^(kurrentdb(?:\+discover)?):\/\/(?:([^?]*)@)?([^@?/]+)\/?(?:\?([^@]*))?$/s.exec(url) ?? [];
  if (scheme === undefined || hosts === undefined) return wrong('is not a connection string');

  const said = new Map<string, string>();
  for (const option of query.split('&').filter((part) => part !== '')) {
    const [name = '', value = ''] = option.split(/=(.*)/s);
    if (!options.has(name.toLowerCase())) wrong(`has the option "${name}", which is not known`);
    said.set(name.toLowerCase(), value.toLowerCase());
  }
  // What was acknowledged is read back at once: only the leader is sure to have it.
  if ((said.get('nodepreference') ?? 'leader') !== 'leader') wrong('prefers a node that is not the leader');
  if (said.get('throwonappendfailure') === 'false') wrong('asks not to be told of appends that fail');

  // The client waits between looks for the leader, half a second by default, even where the first would do.
  const looked = said.has('discoveryinterval')
    ? query
    : [query, 'discoveryInterval=20'].filter((s) => s !== '').join('&');
  const string = `${scheme}://${hosts}?${looked}`;
  if (user === undefined || said.get('tls') === 'false')
    return { shown: `${scheme}://${hosts}`, hosts, string };
  const [username = '', password = ''] = user
    .split(/:(.*)/s)
    .map((part) => decoded(part) ?? wrong('has a user or password that is not percent-encoded'));
  return { shown: `${scheme}://${hosts}`, hosts, string, credentials: { username, password } };
}

/** Any URL for a message: nothing between its scheme and the last `@` is shown. */
export const withoutSecret = (url: string): string => url.replace(/^([^:]*:\/\/).*@/s, '$1');

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
