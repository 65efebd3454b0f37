/**
 * How fast sealed pages are: `npm run -s bench -- pages [--entries N] [--runs N] [--json]`.
 *
 * Entries of two to four legs, of 2,000 forms on 400 accounts over ten years, sealed 4,096 to a page in memory: what it takes to seal
 * them; to open every page (the hash is checked) and sum the postings at the period ends; to sum them again when open;
 * to condense the journal; to find and decode the entries behind one account. Medians, in milliseconds.
 */
import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '9' },
    json: { type: 'boolean', default: false },
  },
});
const [entries, runs] = [Number(values.entries), Number(values.runs)];
const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));

/** The cube as the command has it: bundled. */
function cubeRoom() {
  const bundle = join(folder, 'cube.cjs');
  buildSync({
    stdin: { contents: "export * from '@tieout/cube';", resolveDir: root },
    ...{ bundle: true, platform: 'node', format: 'cjs', outfile: bundle, logLevel: 'error' },
  });
  return createRequire(import.meta.url)(bundle);
}

/** Numbers that look random and are the same in every run (xorshift). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const periodEnds = [
  '2012-12-31',
  ...Array.from({ length: 20 }, (_, half) => `${2013 + (half >> 1)}-${half % 2 ? '12-31' : '06-30'}`),
];

/**
 * Days go on with the entries, and entries are of 2,000 forms, some far more often than others: an entry of a form has
 * its kind, accounts, movements and dimensions, and amounts of its own.
 */
function* journal(count) {
  const next = numbers(2022);
  const forms = Array.from({ length: 2000 }, () => {
    const movement = `movement-${next(12)}`;
    const legs = Array.from({ length: next(3) + 1 }, () => {
      const account = next(400);
      const dimensions = account % 2 === 0 ? { nature: `nature-${next(8)}` } : {};
      return { account: `group-${account % 20}.account-${account}`, movement, unit: 'RMB', dimensions };
    });
    const against = { account: `cash.bank-${next(3)}`, movement, unit: 'RMB', dimensions: {} };
    return { kind: `Event${next(12)} derived given`, legs: [...legs, against] };
  });
  const start = Date.parse('2013-01-01');
  for (let index = 0; index < count; index++) {
    const day = new Date(start + Math.floor((index / count) * 3650) * 86_400_000).toISOString().slice(0, 10);
    const { kind, legs } = forms[Math.floor(next(2000) * (next(1000) / 1000))];
    let sum = 0;
    const postings = legs.map((leg, each) => {
      const minor = each === legs.length - 1 ? 0 - sum : next(5_000_000) - 1_000_000;
      sum += minor;
      return { ...leg, dimensions: { ...leg.dimensions }, day, minor };
    });
    yield { kind, legs: postings };
  }
}

const median = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

function timed(work) {
  const times = [];
  let result;
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    result = work();
    times.push(performance.now() - began);
  }
  return { ms: median(times), first: times[0], result };
}

try {
  const { PAGE, condensedEntries, pageReader, pageSums, pageWriter, touching } = cubeRoom();
  const writer = pageWriter();
  const pages = [];
  let [sealing, legs] = [0, 0];
  for (let first = 0, source = journal(entries); first < entries; first += PAGE) {
    const made = [];
    while (made.length < Math.min(PAGE, entries - first)) made.push(source.next().value);
    const events = JSON.parse(JSON.stringify(made)); // strings as a log gives them
    const began = performance.now();
    pages.push(writer.seal(first, events));
    sealing += performance.now() - began;
    legs += events.reduce((sum, event) => sum + event.legs.length, 0);
  }

  const axes = { account: true, movement: true, day: periodEnds, dimensions: 'all' };
  const openAll = () => {
    const reader = pageReader();
    return { names: reader.names, opened: pages.map((page) => reader.open(page)) };
  };
  const fold = ({ names, opened }) => {
    const sums = pageSums(names, axes);
    for (const page of opened) sums.add(page);
    return sums;
  };
  const cold = timed(() => fold(openAll()));
  const opening = timed(openAll);
  const open = opening.result;
  const warm = timed(() => fold(open));
  const cube = timed(() => warm.result.toCube());
  const condensed = timed(() => {
    const groups = condensedEntries(open.names, periodEnds);
    for (const page of open.opened) groups.add(page);
    return groups.groups();
  });
  const asked = { class: ({ account }) => account === 'group-2.account-42' };
  const behind = timed(() => {
    const question = touching(open.names, asked);
    return open.opened.map((page) => page.entriesTouching(question).map(page.legsOf));
  });

  const bytes = pages.reduce((sum, { columns, names }) => sum + columns.length + names.length, 0);
  const cells = [...cube.result.cells.values()].reduce((sum, ofAccount) => sum + ofAccount.size, 0);
  const found = behind.result.flat().length;
  const results = [
    { work: 'seal', ms: sealing, of: `${((sealing * 1000) / entries).toFixed(2)} µs an entry` },
    { work: 'open, check and sum', ms: cold.ms, of: `first time ${cold.first.toFixed(0)} ms` },
    { work: 'open and check', ms: opening.ms, of: `${(bytes / 1e6).toFixed(1)} MB` },
    { work: 'sum when open', ms: warm.ms, of: `${(legs / warm.ms / 1000).toFixed(0)} M postings/s` },
    { work: 'cube of the sums', ms: cube.ms, of: `${cells} cells` },
    { work: 'condense', ms: condensed.ms, of: `${condensed.result.length} groups` },
    { work: 'entries of an account', ms: behind.ms, of: `${found} entries decoded` },
  ];
  if (values.json) {
    const head = { schema: 'tieout.bench-pages/1', node: process.version, entries, postings: legs, runs };
    process.stdout.write(`${JSON.stringify({ ...head, rss: process.memoryUsage().rss, results })}\n`);
  } else {
    process.stdout.write(`${entries} entries, ${legs} postings, ${open.names.classes.length} classes\n`);
    for (const { work, ms, of } of results)
      process.stdout.write(`${work.padEnd(24)}${ms.toFixed(1).padStart(8)} ms   ${of}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
