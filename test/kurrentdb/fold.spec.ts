/**
 * Machines that share a cluster and nothing else each fold a part of its log; the files of the parts add to the whole.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { cornerShop, emptyFolder, tieout } from '../support/command';
import { startDouble, type Double } from './double/cluster';

let double: Double;
beforeAll(async () => {
  double = await startDouble({ nodes: 3 });
});
afterAll(() => double.stopAll());

it('folds streams and ranges of a cluster on machines of their own, which add to the replay', async () => {
  const onCluster = ['-b', cornerShop, '-q', '--store', `kurrentdb://${double.hosts}?tls=false`];
  const loaded = await tieout(emptyFolder(), [...onCluster, 'tb']);
  expect({ code: loaded.code, err: loaded.err }).toEqual({ code: 0, err: '' });
  const office = emptyFolder();
  const folded = async (name: string, ...share: readonly string[]): Promise<string> => {
    const machine = emptyFolder();
    expect(await tieout(machine, [...onCluster, 'fold', ...share, '-o', name])).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    cpSync(join(machine, name), join(office, name));
    return name;
  };
  const streams = await Promise.all([
    folded('book.json', '--stream', cornerShop),
    folded('2024.json', '--stream', `${cornerShop}/2024`),
    folded('2025.json', '--stream', `${cornerShop}/2025`),
  ]);
  const ranges = await Promise.all([folded('a.json', '--until', '9'), folded('b.json', '--from', '9')]);
  for (const parts of [streams, ranges]) {
    const { code, out, err } = await tieout(office, [
      ...onCluster,
      'fold',
      'merge',
      ...parts,
      '--against-log',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('✓ equals the replay of the log, byte for byte');
  }
  const without = await tieout(office, ['fold', 'merge', 'book.json', '2024.json']);
  expect({ code: without.code, err: without.err }).toEqual({ code: 1, err: '' });
  expect(without.out).toContain('; missing are ');
});
