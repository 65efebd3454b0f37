/**
 * What only shows inside of a running process: a what-if on a prepared base, and durable posts one after the other.
 *
 * The command's own code, bundled as it is, on the store that the benchmark made: a session is opened as the command opens
 * it. Posts take turns with bare commits of a row of the same bytes by SQLite alone (the same table in another file of the
 * same folder, write-ahead log, a sync before each is acknowledged).
 */
import { build } from 'esbuild';
import { existsSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { median } from './process.mjs';

/** The parts of the command that are measured, as one module in `folder`. */
export async function bundledCommand(root, folder) {
  const outfile = join(folder, 'command.cjs');
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `
        import 'reflect-metadata';
        export { append, askedOf, closeSession } from '@tieout/answers';
        export { openSession } from './apps/cli/src/session';
        export { processIo } from './apps/cli/src/io';
        export * from '@tieout/events';
        export * from '@tieout/event-log';
        export { admit, entryFromEvent, eventFromEntry } from '@tieout/ledger';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile,
    // What Nest looks for and does without; native binaries and WebAssembly.
    external: [
      'libsql',
      '@nestjs/microservices*',
      '@nestjs/platform-express',
      '@nestjs/websockets*',
      'class-*',
      'highs',
      '@kurrent/*',
    ],
    define: { __dirname: JSON.stringify(join(root, 'dist')) },
    logLevel: 'error',
  });
  process.env.NODE_PATH = join(root, 'node_modules');
  Module._initPaths(); // The module stands outside of the repository, what it requires inside.
  return createRequire(import.meta.url)(outfile);
}

const sessionOn = (command, store) =>
  command.openSession({ store, quiet: true }, command.processIo({ ascii: false, quiet: true }));

/** Everything that a what-if finds: some of it is looked for only when it is asked. */
function ask(asked, scenario) {
  const { changes, invariants, published } = asked.simulate(scenario);
  if (!invariants || published.agreeing === 0) throw new Error(`${scenario.id}: nothing came of it`);
  return changes.length;
}

/**
 * Milliseconds: to prepare the base, once; for every scenario of the book, the medians' median and the slowest; for one
 * entry more.
 */
export async function whatIfs(command, store, runs) {
  const session = await sessionOn(command, store);
  try {
    let began = performance.now();
    const asked = await command.askedOf(session);
    const prepared = performance.now() - began;
    const { scenarios, chart } = session.book;
    const entry = {
      id: 'WHAT-IF-1',
      event: 'ExpenseIncurred',
      date: chart.periods.at(-1).to,
      dateBasis: 'disclosed',
      description: 'One more expense',
      postings: [],
      provenance: { amount: 'assumed', allocation: 'assumed', reasoning: '', source: [] },
    };
    const expense = (await firstOf(command, session, 'ExpenseIncurred')).postings;
    const day = entry.date;
    const one = {
      id: 'one-entry',
      title: 'One entry more',
      adjustments: [{ kind: 'post', entry: { ...entry, postings: expense.map((leg) => ({ ...leg, day })) } }],
      rules: {},
      reopens: chart.periods.map(({ id }) => id),
      undetermined: [],
    };
    const times = new Map([...scenarios, one].map(({ id }) => [id, []]));
    for (let run = 0; run < runs + 2; run++) {
      for (const scenario of [...scenarios, one]) {
        began = performance.now();
        ask(asked, scenario);
        if (run >= 2) times.get(scenario.id).push(performance.now() - began);
      }
    }
    const medians = scenarios.map(({ id }) => median(times.get(id)));
    return {
      prepared,
      scenarios: median(medians),
      slowest: Math.max(...medians),
      oneEntry: median(times.get(one.id)),
    };
  } finally {
    await command.closeSession(session);
  }
}

/** The last entry of this name in the log's last page, as a pattern for others. */
async function firstOf(command, { log }, name) {
  const length = await log.length();
  for (let from = Math.max(0, length - 4096); ; from = Math.max(0, from - 4096)) {
    const found = (await log.readAll(from, 4096)).find((event) => event.name === name);
    if (found) return command.entryFromEvent(command.decode(found));
    if (from === 0) throw new Error(`no ${name} in the log`);
  }
}

/**
 * Durable posts a second on the store, and bare commits a second of the same bytes: medians. A post is the command's own:
 * admitted, appended, synced, and folded into every projection. The first 500 of either are not counted.
 */
export async function posts(command, store, folder, count) {
  const session = await sessionOn(command, store);
  const bareFile = join(folder, 'bare.db');
  for (const part of ['', '-wal', '-shm']) if (existsSync(bareFile + part)) rmSync(bareFile + part);
  await (await command.openEventLog(`sqlite:${bareFile}`)).close();
  const Database = createRequire(join(folder, 'command.cjs'))('libsql');
  const bare = new Database(bareFile);
  bare.exec('PRAGMA synchronous = FULL');
  const insert = bare.prepare(
    'INSERT INTO events (position, body, leaf, id, stream, revision, entry) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  try {
    const { log, book, revision } = session;
    const { chart } = book;
    const pattern = await firstOf(command, session, 'ExpenseIncurred');
    const { id: period, to: date } = chart.periods.at(-1);
    const [posted, committed] = [[], []];
    // Until V8 has compiled what is run often, a post takes twice as long: a process that posts is past that.
    const warmingUp = 500;
    for (let number = 0; number < warmingUp + count; number++) {
      const entry = { ...pattern, id: `BENCH-${number}`, date };
      const admission = (state, known) => ({
        said: [{ period, event: command.eventFromEntry(entry) }],
        // A period that is closed takes no entry: reopening it is no part of a post.
        problems: command.admit(state, entry, chart, { known }).filter(({ code }) => code !== 'E206'),
      });
      let began = performance.now();
      await command.append(session, admission, { actor: 'bench' }, [entry.id]);
      posted.push(performance.now() - began);
      const [event] = await log.readAll(revision + number, 1);
      const { leaf, id, stream, revision: place } = event;
      const body = command.bodyOf({ ...event, position: number });
      began = performance.now();
      insert.run([number, body, leaf, id, stream, place, entry.id]);
      committed.push(performance.now() - began);
    }
    const rate = (times) => 1000 / median(times.slice(warmingUp));
    return { postPerSecond: rate(posted), rawCommitsPerSecond: rate(committed) };
  } finally {
    bare.close();
    await command.closeSession(session);
  }
}
