/**
 * One run of a program to its end: how long it took by the clock, and the most memory that it had at a time.
 *
 * Memory is the kernel's high-water mark of the process (VmHWM), read every few milliseconds until it ends; where there is
 * no /proc it is not known. Standard output is thrown away, or kept where it is asked for. A run that fails is no
 * measurement: it throws.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** Milliseconds between looks at a process: short beside the shortest run. */
const lookEvery = 4;

function peakKiB(pid) {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // Ended, or not Linux.
  }
}

/** Runs `program ARGS…` in `folder`. `keep`: return standard output. `env` beside the environment that is there. */
export async function measured(program, args, { folder, keep = false, env = {} }) {
  const none = openSync('/dev/null', 'w');
  const said = { out: '', err: '' };
  let peak = 0;
  const began = process.hrtime.bigint();
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', keep ? 'pipe' : none, 'pipe'],
  });
  const looking = setInterval(() => (peak = Math.max(peak, peakKiB(child.pid))), lookEvery);
  child.stdout?.setEncoding('utf8').on('data', (chunk) => (said.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk) => (said.err += chunk));
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  }).finally(() => (clearInterval(looking), closeSync(none)));
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${said.err}`);
  return { ms, peakMiB: peak === 0 ? undefined : peak / 1024, out: said.out };
}

/** Whether a program is installed. */
export async function isInstalled(program, folder) {
  try {
    await measured(program, ['--version'], { folder });
    return true;
  } catch {
    return false;
  }
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** Programs by name, run in turns, so that what else the machine does falls on all of them. Medians by name. */
export async function inTurns(programs, runs) {
  const results = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let run = 0; run < runs; run++)
    for (const [name, once] of Object.entries(programs)) results[name].push(await once());
  return Object.fromEntries(
    Object.entries(results).map(([name, all]) => [
      name,
      {
        ms: median(all.map(({ ms }) => ms)),
        peakMiB: all.every(({ peakMiB }) => peakMiB) ? median(all.map(({ peakMiB }) => peakMiB)) : undefined,
      },
    ]),
  );
}
