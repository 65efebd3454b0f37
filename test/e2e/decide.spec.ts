/**
 * What people decide, through the command: a reading confirmed, a break explained; each an event with a reason, refused
 * where there is nothing to decide.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bookFolder,
  cornerShop,
  emptyFolder,
  loadedFolder,
  senseTime,
  tieout,
  tieoutJson,
} from '../support/command';

function copyOf(
  book: string,
  file: string,
  change: (text: string) => string,
): { folder: string; copy: string } {
  const folder = emptyFolder();
  const copy = join(folder, book);
  cpSync(bookFolder(book), copy, { recursive: true });
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, change(before));
  expect(readFileSync(path, 'utf8')).not.toBe(before);
  return { folder, copy };
}

it('lists what is explained, and refuses to explain what ties or is not there', async () => {
  const folder = await loadedFolder(senseTime);
  const { explanations } = await tieoutJson<{ explanations: { cause: string }[] }>(folder, ['explained']);
  const plugs = Array<string>(5).fill('rounding-plug');
  expect(explanations.map(({ cause }) => cause).sort()).toStrictEqual([
    'rounded-inputs',
    'rounded-inputs',
    ...plugs,
  ]);
  const explain = (subject: string) =>
    tieout(folder, ['explained', subject, '--cause', 'unknown', '--reason', 'a reason']);
  const ties = await explain('is.revenue@2022H1');
  expect({
    code: ties.code,
    said: ties.err.includes('is.revenue@2022H1 ties: there is nothing to explain'),
  }).toEqual({ code: 2, said: true });
  const absent = await explain('is.revenu@2022H1');
  expect({ code: absent.code, said: absent.err.includes('did you mean is.revenue@2022H1?') }).toEqual({
    code: 2,
    said: true,
  });
  expect((await tieout(folder, ['explained', 'is.revenue@2022H1'])).code).toBe(2);
});

it('explains a break, with the difference that it has now', async () => {
  const { folder, copy } = copyOf(cornerShop, 'figures/primary-statements.csv', (text) =>
    text.replace(/^(is\.running-costs@2025,.*),-27500,/m, '$1,-27600,'),
  );
  const stateOf = async (): Promise<string | undefined> => {
    const { out } = await tieout(folder, ['-q', '-b', copy, 'check', '--json']);
    const { findings } = JSON.parse(out) as { findings: { tie: string; state: string }[] };
    return findings.find(({ tie }) => tie === 'ledger:is.running-costs@2025')?.state;
  };
  expect(await stateOf()).toBe('does-not-tie');
  const said = await tieout(folder, [
    '-q',
    '-b',
    copy,
    'explained',
    'is.running-costs@2025',
    '--cause',
    'unknown',
    '--reason',
    'printed a hundred too high',
  ]);
  expect(said).toEqual({ code: 0, out: 'is.running-costs@2025 explained: unknown\n', err: '' });
  expect(await stateOf()).toBe('explained');
  const { explanations } = await tieoutJson<{ explanations: object[] }>(folder, ['-b', copy, 'explained']);
  expect(explanations).toMatchObject([
    { subject: 'is.running-costs@2025', difference: '-100', actor: 'tester' },
  ]);
});

it('a reading that one equation alone gives waits until a person confirms it, once', async () => {
  const figure = 'bs.bank-deposits.non-current@2021-12-31';
  const { folder, copy } = copyOf(senseTime, 'confirmations.yaml', () => '[]\n');
  const stateOf = async (): Promise<string | undefined> => {
    const { out } = await tieout(folder, ['-q', '-b', copy, 'figures', '--json']);
    return (JSON.parse(out) as { id: string; state: string }[]).find(({ id }) => id === figure)?.state;
  };
  const confirm = (id: string) =>
    tieout(folder, ['-q', '-b', copy, 'confirm', id, '--reason', 'the prose says so']);
  expect(await stateOf()).toBe('untested');
  expect((await confirm(figure)).code).toBe(0);
  expect(await stateOf()).toBe('repaired');
  expect((await confirm(figure)).code).toBe(2);
  expect((await confirm('bs.non-current-liabilities@2022-06-30')).code).toBe(2);
  expect((await confirm('is.revenue@2022H1')).code).toBe(2);
});
