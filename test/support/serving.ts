/**
 * The real server, started by the real command on a free port, for specs. What a spec leaves running is ended after it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { inRoot } from './command';

const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
  }
});

export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
}

/** `tieout ARGS…`, which serve something, on a free port; waits until it says where it is. */
export function served(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(
    process.execPath,
    [inRoot('dist/tieout.cjs'), ...args, '--port', '0', '--log', 'silent'],
    {
      cwd: folder,
      env: { PATH, HOME, TIEOUT_ACTOR: 'keyboard', ...env },
    },
  );
  running.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const [, url] = / at (http:\/\/\S+) /.exec(said) ?? [];
      if (url !== undefined) resolve({ url, child, ended });
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}
