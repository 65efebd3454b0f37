/**
 * The command on a cluster: over TLS with a user and password, with no word of them anywhere, and the client's code loaded
 * for a cluster only.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookFolder, cornerShop, emptyFolder, inRoot, tieout, type Ended } from '../support/command';
import { startDouble, type Double } from './double/cluster';

const certificates = inRoot('test/kurrentdb/certificates');
const user = 'auditor';
const password = 'wahr-Heit!1494';
const basic = Buffer.from(`${user}:${password}`).toString('base64');

let double: Double;
beforeAll(async () => {
  double = await startDouble({
    nodes: 3,
    authorization: `Basic ${basic}`,
    tls: {
      key: readFileSync(join(certificates, 'node.key')),
      certificate: readFileSync(join(certificates, 'node.crt')),
    },
  });
});
afterAll(() => double.stopAll());

const url = (said = password): string =>
  `kurrentdb://${user}:${encodeURIComponent(said)}@${double.hosts}?tlsCAFile=${join(certificates, 'ca.crt')}`;

/** Everything that is said, with the client's own debug lines, has neither the password nor what is made of it. */
function assertNoSecret({ out, err }: Ended): void {
  for (const secret of [password, encodeURIComponent(password), basic])
    for (const text of [out, err]) expect(text.includes(secret)).toBe(false);
}

const env = { DEBUG: 'kdb*' };

it('loads a book into the cluster once, and every machine reads the same statements from it', async () => {
  const [here, there, file] = [emptyFolder(), emptyFolder(), emptyFolder()];
  const first = await tieout(here, ['-b', cornerShop, '--store', url(), 'tb'], { env });
  expect(first.code).toBe(0);
  // The debug lines are on: an assertion that finds no password in silence would say nothing.
  expect(first.err).toContain('kdb:connection');
  assertNoSecret(first);
  const events = double.records.all().length;
  expect(events).toBeGreaterThan(10);

  const second = await tieout(there, ['-b', cornerShop, '--store', url(), 'tb']);
  const own = await tieout(file, ['-b', cornerShop, 'tb']);
  expect({ code: second.code, err: second.err, out: second.out }).toEqual({ code: 0, err: '', out: own.out });
  expect(double.records.all().length).toBe(events);
  const mirrors = readdirSync(join(here, '.tieout')).filter((name) => name.endsWith('.mirror.db'));
  expect(mirrors).toHaveLength(1);
  // A mirror is a store like any other: a copy of the book that needs no cluster.
  const copy = `sqlite:${join(here, '.tieout', mirrors[0] ?? '')}`;
  expect((await tieout(file, ['-b', cornerShop, '--store', copy, 'tb'])).out).toBe(own.out);

  const verified = await tieout(there, ['-b', cornerShop, '--store', url(), 'verify']);
  expect(verified.code).toBe(0);
  const fresh = await tieout(there, ['-b', cornerShop, '--store', url(), 'tb', '--fresh']);
  expect(fresh.code).toBe(2);
  expect(fresh.err).toContain('error[E602]: --fresh sets a file aside');
  const doctor = await tieout(there, ['-b', cornerShop, 'doctor'], { env: { TIEOUT_STORE: url() } });
  expect(doctor.code).toBe(0);
  expect(doctor.out).toContain(`kurrentdb://${double.hosts}: reconstructed entries of corner-shop`);
  for (const ended of [second, verified, fresh, doctor]) assertNoSecret(ended);
});

it.each<[string, () => string, string]>([
  ['a wrong password', () => url('wrong'), 'error[E504]'],
  ['an option that is not known', () => `${url()}&tlsCaFiel=x`, 'error[E602]'],
  ['a certificate file that is not there', () => url().replace('ca.crt', 'none.crt'), 'error[E602]'],
  ['another scheme', () => url().replace('kurrentdb:', 'kurentdb:'), 'error[E601]'],
])('refuses %s, and says nothing of the password', async (_what, at, code) => {
  const ended = await tieout(emptyFolder(), ['-b', cornerShop, '--store', at(), 'tb'], { env });
  expect(ended.err).toContain(code);
  assertNoSecret(ended);
  expect(ended.out).toBe('');
});

describe('the code that is loaded', () => {
  /** The modules that a run of the command has loaded, of the packages that come with the cluster. */
  async function loadedBy(args: readonly string[]): Promise<readonly string[]> {
    const folder = emptyFolder();
    const probe = join(folder, 'probe.cjs');
    writeFileSync(
      probe,
      `const { writeFileSync } = require('node:fs');
       process.on('exit', () => writeFileSync(${JSON.stringify(join(folder, 'loaded.json'))}, JSON.stringify(Object.keys(require.cache))));
       process.argv = [process.argv[0], ${JSON.stringify(inRoot('dist/tieout.cjs'))}, ...${JSON.stringify(args)}];
       require(${JSON.stringify(inRoot('dist/tieout.cjs'))});`,
    );
    const child = spawn(process.execPath, [probe], { cwd: folder, stdio: 'ignore' });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    const files = JSON.parse(readFileSync(join(folder, 'loaded.json'), 'utf8')) as string[];
    expect(files.length).toBeGreaterThan(1);
    return files.filter((file) => /node_modules\/(@kurrent|@grpc|google-protobuf)\//.test(file));
  }

  const book = bookFolder(cornerShop);
  it('is none of the cluster for a file and for memory', async () => {
    expect(await loadedBy(['-b', book, 'tb'])).toEqual([]);
    expect(await loadedBy(['-b', book, '--store', 'memory:', 'tb'])).toEqual([]);
  });

  it('is that of the cluster for a cluster', async () => {
    expect((await loadedBy(['-b', book, '--store', url(), 'tb'])).join()).toContain(
      '@kurrent/kurrentdb-client',
    );
  });
});
