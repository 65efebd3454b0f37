/**
 * Following the log: a process that catches up, sees what another posts, says how far it is, and ends at Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, loadedFolder, tieout } from '../support/command';

interface Line {
  readonly position: number;
  readonly lag: number;
  readonly events: number;
  readonly at: string;
}

const late = (id: string): string => `- id: ${id}
  event: ExpenseIncurred
  date: 2022-06-30
  description: Utilities invoice received late
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "1,200" }
    - { account: payables.other.third, movement: recognised, cr: "1,200" }
`;

it('catches up, follows what another process posts, and ends at Ctrl-C with 130', async () => {
  const folder = await loadedFolder();
  writeFileSync(join(folder, 'two.yaml'), late('JE-1') + late('JE-2'));
  writeFileSync(join(folder, 'one.yaml'), late('JE-3'));
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [inRoot('dist/tieout.cjs'), 'replay', '--follow', '--json', '-q'], {
    cwd: folder,
    env: { PATH, HOME },
  });
  const lines: Line[] = [];
  const waiting: (() => void)[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((line) => JSON.parse(line) as Line));
    for (const tell of waiting.splice(0)) tell();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const until = async (position: number): Promise<void> => {
    while ((lines.at(-1)?.position ?? -1) < position)
      await new Promise<void>((resolve) => waiting.push(resolve));
  };
  await until(0);
  const first = lines[0]?.position ?? 0;
  expect(lines).toMatchObject([{ lag: 0 }]);
  expect((await tieout(folder, ['post', 'two.yaml'])).code).toBe(0);
  await until(first + 2);
  expect((await tieout(folder, ['post', 'one.yaml'])).code).toBe(0);
  await until(first + 3);
  expect(lines.slice(1)).toMatchObject([
    { position: first + 2, lag: 0, events: 2 },
    { position: first + 3, lag: 0, events: 1 },
  ]);
  expect(Date.parse(lines[1]?.at ?? '')).toBeLessThanOrEqual(Date.now());
  child.kill('SIGINT');
  expect(await ended).toBe(130);
});

it('has no end and stores nothing: refused with what says otherwise', async () => {
  const folder = await loadedFolder();
  for (const args of [['--candidate'], ['--known-at', '3']])
    expect((await tieout(folder, ['replay', '--follow', ...args])).code).toBe(2);
});
