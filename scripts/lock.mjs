/**
 * One set-up at a time in one clone: a lock file, held while `work` runs, and taken over when its holder is dead.
 *
 * The file names the holder's process and the child that it started (npm outlives a killed parent, and goes on writing
 * node_modules), and its time of change is a heartbeat, for holders on another host: a container with the same clone.
 */
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 2_000;
const silentForMs = 30_000;
const exitCodeOf = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Runs `work` while holding `file`; waits while another holds it, and calls `waiting(holder)` once then.
 * `work` is given `guard(child)`: the child is named in the lock, and an interruption waits for its end.
 */
export async function withLock(file, waiting, work) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; !take(file); await sleep(150)) {
    const held = read(file);
    if (held && isStale(held)) remove(file, held);
    else if (held && !told) told = (waiting(held), true);
  }
  const release = () => rmSync(file, { force: true });
  const beat = setInterval(() => existsSync(file) && utimesSync(file, new Date(), new Date()), heartbeatMs);
  let child;
  let interrupted;
  const stop = (signal) => {
    interrupted = exitCodeOf[signal];
    if (!child) process.exit(interrupted);
    child.kill(signal);
  };
  const guard = async (started) => {
    child = started;
    writeFileSync(file, describe({ child: started.pid }));
    const code = await new Promise((resolve) => {
      started.once('error', () => resolve(1));
      started.once('close', (status) => resolve(status ?? 1));
    });
    child = undefined;
    if (interrupted) process.exit(interrupted);
    return code;
  };
  process.on('exit', release);
  for (const signal of Object.keys(exitCodeOf)) process.on(signal, stop);
  try {
    return await work(guard);
  } finally {
    clearInterval(beat);
    for (const signal of Object.keys(exitCodeOf)) process.off(signal, stop);
    process.off('exit', release);
    release();
  }
}

const describe = (more) => JSON.stringify({ pid: process.pid, host: hostname(), ...more });

/** Take the lock, whole or not at all: a link appears with its content already written. */
function take(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, describe({}));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function read(file) {
  try {
    const text = readFileSync(file, 'utf8');
    const silentMs = Date.now() - statSync(file).mtimeMs;
    return { text, silentMs, file, ...parse(text) };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A holder is gone when its process and its child are; on another host, or when a process number may have been reused, when it is silent. */
function isStale({ pid, host, child, silentMs }) {
  const here = host === hostname();
  if (here && (isAlive(child) || (isAlive(pid) && silentMs < silentForMs))) return false;
  return here || silentMs >= silentForMs;
}

/** Rename first, then look: of two that found the lock stale, the slower may catch the quicker one's new lock, and puts it back. */
function remove(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== stale.text) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // half-written by its holder: not of this host, so it counts as held until it is silent
  }
}
