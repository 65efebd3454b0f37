/** What is exported over HTTP is what the command exports from the same store, to the byte. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cornerShop, root, start } from './under-test';

const run = promisify(execFile);

test('a page and journals, as the command writes them; a format that is none is not found', async () => {
  const there = await start();
  for (const format of ['html', 'hledger', 'ledger', 'beancount']) {
    const answer = await fetch(`${there.base}/exports/${format}`);
    expect([format, answer.status]).toEqual([format, 200]);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const command = [join(root, 'dist/tieout.cjs'), '-b', cornerShop, 'export', format];
    const { stdout } = await run(process.execPath, command, { cwd: there.folder, maxBuffer: 64_000_000 });
    expect(await answer.text()).toBe(stdout);
  }
  expect((await fetch(`${there.base}/exports/xbrl`)).status).toBe(404);
}, 60_000);
