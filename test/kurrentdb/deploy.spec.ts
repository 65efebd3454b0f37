/**
 * What can be checked of deploy/ without a Docker engine: that the Compose file says what its comments say, that no
 * password stands in it, and that the image runs as nobody in particular and looks after its own health.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConnection } from '@tieout/kurrentdb';
import { emptyFolder, inRoot } from '../support/command';

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly healthcheck?: unknown;
  readonly networks: { readonly cluster: { readonly ipv4_address: string } };
  readonly ports?: unknown;
  readonly command: readonly string[];
}

const text = readFileSync(inRoot('deploy/compose.yaml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> };
const nodes = ['node1', 'node2', 'node3'] as const;
const service = (name: string): Service => {
  const found = services[name];
  if (!found) throw new Error(`no service ${name}`);
  return found;
};
const address = (name: string): string => service(name).networks.cluster.ipv4_address;

it.each(nodes)(
  '%s is one of three that find each other, over TLS, with a certificate for its address',
  (name) => {
    const { environment, healthcheck, ports } = service(name);
    expect(environment['KURRENTDB_CLUSTER_SIZE']).toBe('3');
    expect(environment['KURRENTDB_GOSSIP_SEED']).toBe(
      nodes
        .filter((other) => other !== name)
        .map((other) => `${address(other)}:2113`)
        .join(),
    );
    expect(environment['KURRENTDB_REPLICATION_IP']).toBe(address(name));
    expect(environment['KURRENTDB_NODE_HOST_ADVERTISE_AS']).toBe(address(name));
    expect(environment['KURRENTDB_CERTIFICATE_FILE']).toBe(`/etc/kurrentdb/certs/${name}/node.crt`);
    expect(environment['KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE']).toBe(
      `/etc/kurrentdb/certs/${name}/node.key`,
    );
    expect(service('certificates').command.join()).toContain(
      `create-node -out ./${name} -ip-addresses 127.0.0.1,${address(name)} `,
    );
    expect(healthcheck).toBeDefined();
    expect(ports).toBeUndefined();
  },
);

it('names no password, and nothing that turns security off', () => {
  expect(text).not.toMatch(/KURRENTDB_INSECURE|changeit|tlsVerifyCert|tls=false/);
  expect(nodes.map((name) => service(name).env_file)).toEqual(nodes.map(() => 'secrets/kurrentdb.env'));
  for (const { environment } of Object.values(services))
    expect(Object.keys(environment ?? {}).filter((key) => /PASSWORD$/.test(key))).toEqual([]);
});

it('the start of the image makes the URL of the cluster from the secret, and keeps it out of the arguments', () => {
  const folder = emptyFolder();
  const secret = 'pass/word@1 ü\n';
  writeFileSync(join(folder, 'password'), secret);
  // In place of the command: what it is given.
  const program = join(folder, 'opt', 'node');
  mkdirSync(join(folder, 'opt'));
  writeFileSync(
    program,
    `#!/bin/sh\nif [ "$1" = -p ]; then exec ${process.execPath} "$@"; fi\nprintf '%s\\n' "$TIEOUT_STORE" "$@"\n`,
    { mode: 0o755 },
  );
  const { environment } = service('tieout');
  const { status, stdout } = spawnSync('sh', [inRoot('deploy/tieout.sh'), 'check', '--json'], {
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'opt')}:${process.env['PATH'] ?? ''}`,
      ...environment,
      TIEOUT_PASSWORD_FILE: join(folder, 'password'),
    },
  });
  expect(status).toBe(0);
  const [url = '', ...args] = stdout.trimEnd().split('\n');
  expect(args).toEqual(['/opt/tieout/dist/tieout.cjs', 'check', '--json']);
  expect(readConnection(url)).toMatchObject({
    hosts: nodes.map((name) => `${address(name)}:2113`).join(),
    credentials: { username: 'admin', password: secret.trim() },
  });
});

it('the image has stages, a user that is not root, and a health check', () => {
  const lines = readFileSync(inRoot('deploy/Dockerfile'), 'utf8').split('\n');
  const last = (word: string): string | undefined =>
    lines.filter((line) => line.startsWith(`${word} `)).at(-1);
  expect(lines.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
  expect(last('USER')).toBe('USER node');
  expect(last('HEALTHCHECK')).toContain('"tieout", "doctor"');
});
