/**
 * The house's own books agree: lockfile, workspaces and nest-cli.json name the same things.
 *
 * Why the lockfile: `npm install` once wrote a lock that `npm ci` refused, because the registry copy at hand lacked some
 * platforms' binaries: an optional dependency without an entry of its own is the mark of it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(__dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };

const workspaces = ['events', 'libs', 'apps'].flatMap((parent) =>
  [parent, ...readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)].filter((folder) =>
    existsSync(join(root, folder, 'package.json')),
  ),
);

/** Where node looks from `folder` for `name`: its own node_modules, then each one above. */
function entryFor(folder: string, name: string): Locked | undefined {
  for (let from = folder; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const entry = packages[from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`];
    if (entry !== undefined || from === '') return entry;
  }
}

test('the lockfile has an entry for every optional dependency that it names', () => {
  const named = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ folder, name })),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ folder, name }) => entryFor(folder, name) === undefined)).toEqual([]);
});

test('the lockfile names no registry, so that any mirror serves it', () => {
  const fetched = Object.entries(packages).filter(
    ([, { resolved, link }]) => resolved !== undefined && link !== true,
  );
  expect(fetched).toEqual([]);
});

test('the lockfile links every workspace', () => {
  const linked = Object.values(packages).flatMap(({ resolved, link }) =>
    link === true && resolved !== undefined ? [resolved] : [],
  );
  expect(linked.sort()).toEqual([...workspaces].sort());
});

test('nest-cli.json names every workspace, where it stands', () => {
  const { projects } = read('nest-cli.json') as {
    projects: Readonly<Record<string, { type: string; root: string }>>;
  };
  const named = Object.values(projects).map((project) => project.root);
  expect(named.sort()).toEqual([...workspaces].sort());
  for (const { type, root: folder } of Object.values(projects)) {
    expect({ folder, type }).toEqual({
      folder,
      type: folder.startsWith('apps/') ? 'application' : 'library',
    });
  }
});
