/**
 * `verify` on stores that somebody altered, with whatever it takes to hide it: leaves and seals made again, triggers put
 * back. Each alteration is found by its own check, at its place, with exit code 4, on one thread and on two; and what can
 * be trusted is said.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { pageReader, pageWriter, type PageBytes } from '@tieout/cube';
import { canonical, leafOf, merkleRoot, sha256, type StoredEvent } from '@tieout/events';
import { emptyFolder, tieout } from '../support/command';

type Event = Omit<StoredEvent, 'leaf' | 'payload'> & { payload: Record<string, unknown> };
interface Leg {
  account: string;
  minor: string;
}
interface VerifyJson {
  readonly result: string;
  readonly events: number;
  readonly head: string;
  readonly trusted?: { readonly events: number; readonly periods: readonly string[] };
  readonly checks: readonly {
    readonly check: string;
    readonly result: string;
    readonly problems: readonly {
      readonly code: string;
      readonly message: string;
      readonly at?: { file: string };
    }[];
  }[];
}

let folder = '';
let copies = 0;
let sound: VerifyJson;

beforeAll(async () => {
  folder = emptyFolder();
  const simulated = ['simulate', '--entries', '8500', '--seed', 'verify', '--reversals', '20'];
  expect((await tieout(folder, [...simulated, '--store', 'sqlite:sound.db', '-q'])).code).toBe(0);
  sound = (await verify('sound.db', '2')).said;
}, 60_000);

async function verify(file: string, jobs: string, more: readonly string[] = []) {
  const args = ['--store', `sqlite:${file}`, '-q', '--json', 'verify', '--jobs', jobs, ...more];
  const { code, out, err } = await tieout(folder, args);
  expect(err).toBe('');
  return { code, said: JSON.parse(out) as VerifyJson };
}

/** A copy of the sound store, altered; its triggers are put back. */
function altered(alter: (db: InstanceType<typeof Database>) => void): string {
  const file = `altered-${(copies += 1)}.db`;
  copyFileSync(join(folder, 'sound.db'), join(folder, file));
  const db = new Database(join(folder, file));
  const triggers = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).raw().all();
  for (const [name] of triggers as string[][]) db.exec(`DROP TRIGGER ${name}`);
  alter(db);
  for (const [, sql] of triggers as string[][]) db.exec(sql as string);
  db.close();
  return file;
}

/** An event said anew, with a leaf that fits. */
function forge(db: InstanceType<typeof Database>, position: number, say: (event: Event) => Event): void {
  const body = canonical(say(eventAt(db, position)));
  const { changes } = db
    .prepare('UPDATE events SET body = ?, leaf = ? WHERE position = ?')
    .run(body, leafOf(body), position);
  expect(changes).toBe(1);
}

function eventAt(db: InstanceType<typeof Database>, position: number): Event {
  const [row] = db.prepare('SELECT body FROM events WHERE position = ?').raw().all(position) as [[string]];
  return JSON.parse(row[0]) as Event;
}

/** The head of the sound store when it had so many events. */
function headAfter(length: number): string {
  const db = new Database(join(folder, 'sound.db'));
  const rows = db.prepare('SELECT leaf FROM events WHERE position < ? ORDER BY position').raw().all(length);
  db.close();
  return merkleRoot((rows as [string][]).map(([leaf]) => leaf));
}

/** The position of the last event (before one, if given) of which this is true. */
function lastThat(db: InstanceType<typeof Database>, where: string): number {
  const rows = db.prepare(`SELECT max(position) FROM events WHERE ${where}`).raw().all() as [[number]];
  return rows[0][0];
}

const withLegs = (event: Event, change: (leg: Leg, index: number) => Leg): Event => ({
  ...event,
  payload: { ...event.payload, postings: (event.payload.postings as Leg[]).map(change) },
});
const doubled = (event: Event): Event =>
  withLegs(event, (leg) => ({ ...leg, minor: String(BigInt(leg.minor) * 2n) }));

/** The checks that fail, with the first problem of each. */
const failing = ({ checks }: VerifyJson): Record<string, string> =>
  Object.fromEntries(
    checks.flatMap(({ check, problems: [first] }) =>
      first ? [[check, `${first.code} ${first.at ? `${first.at.file}: ` : ''}${first.message}`]] : [],
    ),
  );

/** Every problem, with the check that found it. */
const problemsOf = ({ checks }: VerifyJson): readonly string[] =>
  checks.flatMap(({ check, problems }) => problems.map(({ code, message }) => `${check} ${code} ${message}`));

it('finds nothing in a sound store, and says the head', async () => {
  expect(failing(sound)).toStrictEqual({});
  expect(sound.checks.map(({ check, result }) => `${check} ${result}`)).toStrictEqual([
    'log holds',
    'entries holds',
    'pages holds',
    'periods holds',
    'balances holds',
    'projections holds',
    'provenance holds',
  ]);
  const { said } = await verify('sound.db', '1');
  expect(said).toStrictEqual(sound);
});

describe('an event that was altered, with a leaf that fits', () => {
  it('an amount, so that the entry does not balance', async () => {
    const file = altered((db) =>
      forge(db, 5000, (event) => withLegs(event, (leg, index) => (index ? leg : { ...leg, minor: '1' }))),
    );
    const { code, said } = await verify(file, '2');
    expect(code).toBe(4);
    expect(failing(said).entries).toMatch(/^E201 event 5000: entry \S+ does not balance/);
    expect(failing(said).pages).toMatch(/^E401 event 5000: the sealed page 1 says something else of/);
    expect(said.trusted).toStrictEqual({ events: 5000, periods: ['2021H1'] });
    const { out } = await tieout(folder, ['--store', `sqlite:${file}`, '-q', 'verify']);
    expect(out).toMatch(
      /^first in doubt: event 5000; events 0 to 4999 can be trusted \(closed by then: 2021H1\)$/m,
    );
    expect(out).toMatch(/^tieout recover --to 5000 --out FILE makes a store of them$/m);
  });

  it('all amounts doubled: the page, the assertions after it and the head show it', async () => {
    const file = altered((db) => forge(db, 100, doubled));
    const [one, two] = [await verify(file, '1'), await verify(file, '2')];
    expect([one.code, two.code]).toStrictEqual([4, 4]);
    expect(two.said).toStrictEqual(one.said);
    expect(Object.keys(failing(one.said)).sort()).toStrictEqual(expect.arrayContaining(['pages', 'periods']));
    expect(one.said.trusted?.events).toBe(100);
    expect(one.said.head).not.toBe(sound.head);
  });

  it('in the tail that no page holds: the head that was kept elsewhere shows it', async () => {
    let last = 0;
    const file = altered((db) => {
      last = lastThat(db, `body->>'$.name' = 'ExpenseIncurred'`);
      expect(last).toBeGreaterThan(2 * 4096);
      forge(db, last, (event) => ({ ...event, payload: { ...event.payload, description: 'Forged' } }));
    });
    expect((await verify(file, '2')).code).toBe(0);
    const { code, said } = await verify(file, '2', ['--expect-head', sound.head]);
    expect(code).toBe(4);
    expect(failing(said)).toStrictEqual({
      head: `E401 the head after ${sound.events} events is ${said.head}; ${sound.head} was expected`,
    });
    // An older head, of a length within a page that is whole now.
    const older = ['--expect-head', `100:${headAfter(100)}`];
    expect((await verify('sound.db', '1', older)).code).toBe(0);
    expect((await verify('sound.db', '1', ['--expect-head', `101:${headAfter(100)}`])).code).toBe(4);
  });

  describe('one store with several', () => {
    const at: Record<string, number> = {};
    let entries: readonly string[] = [];
    beforeAll(async () => {
      const file = altered((db) => {
        const reversals = db.prepare(`SELECT position FROM events WHERE body->>'$.name' = 'EntryReversed'`);
        const [one, two, three, four] = (reversals.raw().all() as [number][]).map(([position]) => position);
        Object.assign(at, { one, two, three, four });
        at.name = lastThat(db, `body->>'$.name' = 'RevenueRecognised'`);
        at.day = lastThat(db, `body->>'$.name' = 'ExpenseIncurred'`);
        forge(db, at.name, (event) => ({ ...event, name: 'IncomeTaxRecognised' }));
        forge(db, at.day, (event) => ({ ...event, payload: { ...event.payload, date: '2021-02-01' } }));
        forge(db, two ?? 0, doubled);
        const reverses = (entry: unknown) => (event: Event) => {
          return { ...event, payload: { ...event.payload, reverses: entry } };
        };
        forge(db, three ?? 0, reverses(eventAt(db, one ?? 0).payload.reverses));
        forge(db, four ?? 0, reverses('nothing'));
        const last = sound.events - 1;
        forge(db, last, (event) => ({ ...event, revision: event.revision + 7 }));
      });
      const { code, said } = await verify(file, '2');
      expect(code).toBe(4);
      entries = said.checks.flatMap(({ problems }) =>
        problems.map((each) => `${each.code} ${each.at?.file}: ${each.message}`),
      );
    }, 30_000);

    /** What is said that begins so: once. */
    const said = (start: string): string => {
      const found = entries.filter((each) => each.startsWith(start));
      expect(found).toHaveLength(1);
      return found[0] ?? '';
    };

    it('the name, so that the entry breaks its rule', () => {
      expect(said(`E204 event ${at.name}: `)).toMatch(
        /entry \S+: IncomeTaxRecognised touches an income-tax account/,
      );
    });
    it('the day, so that the entry stands in a closed period', () => {
      expect(said(`E206 event ${at.day}: `)).toMatch(
        /: period 2021H1 is closed; entry \S+ is dated 2021-02-01$/,
      );
    });
    it('a reversal, so that it is not the opposite of what it reverses', () => {
      expect(said(`E204 event ${at.two}: `)).toMatch(/: EntryReversed posts the exact opposite of /);
    });
    it('a reversal, so that it reverses what is reversed already', () => {
      expect(said(`E211 event ${at.three}: `)).toMatch(/has been reversed by/);
    });
    it('a reversal, so that it reverses nothing', () => {
      expect(said(`E210 event ${at.four}: `)).toMatch(/: no entry nothing before it to reverse$/);
    });
    it('the revision, so that its stream has a gap', () => {
      expect(said(`E401 event ${sound.events - 1}: position`)).toMatch(
        / is revision \d+ of stream \S+, where \d+ is due$/,
      );
    });
  });

  it('an assertion, so that the entries before it do not give it', async () => {
    let at = 0;
    const file = altered((db) => {
      at = lastThat(db, `body->>'$.name' = 'PeriodClosed'`);
      forge(db, at, (event) => {
        const [leg, ...others] = event.payload.closing as Leg[];
        return { ...event, payload: { ...event.payload, closing: [{ ...leg, minor: '7' }, ...others] } };
      });
    });
    const { code, said } = await verify(file, '2');
    expect(code).toBe(4);
    expect(failing(said).periods).toMatch(/^E401 PeriodClosed \w+ says \S+ stands at /);
    expect(said.trusted?.events).toBeLessThanOrEqual(at);
  });
});

describe('caches beside a sound log', () => {
  const pageOf = (db: InstanceType<typeof Database>, number: number): PageBytes & { root: string } => {
    const sql = 'SELECT names, columns, sha256, root FROM pages WHERE number = ?';
    const [row] = db.prepare(sql).raw().all(number) as [[string, Buffer, string, string]];
    const [names, columns, sha256, root] = row;
    return { names, columns, sha256, root };
  };
  const putPage = (
    db: InstanceType<typeof Database>,
    number: number,
    { names, columns, sha256: hash, root }: PageBytes & { root: string },
  ): void => {
    const seal = sha256(canonical({ number, hash, root }));
    db.prepare(
      'UPDATE pages SET names = ?, columns = ?, sha256 = ?, root = ?, seal = ? WHERE number = ?',
    ).run(...[names, Buffer.from(columns), hash, root, seal, number]);
  };

  /** A snapshot with another amount, its hash and its seal made again: it is not what a replay gives. */
  const forgeSnapshot = (db: InstanceType<typeof Database>): void => {
    const sql = `SELECT version, basis, length, state FROM snapshots WHERE projection = 'trial-balance'`;
    const [row] = db.prepare(sql).raw().all() as [[number, string, number, string]];
    const [version, basis, length, state] = row;
    const forged = state.replace(/"minor":"(\d)/, (_, digit) => `"minor":"${digit === '9' ? 1 : 9}`);
    expect(forged).not.toBe(state);
    const hash = sha256(forged);
    const seal = sha256(canonical({ projection: 'trial-balance', version, basis, length, hash }));
    const update = `UPDATE snapshots SET state = ?, sha256 = ?, seal = ? WHERE projection = 'trial-balance'`;
    db.prepare(update).run(forged, hash, seal);
  };

  it('a byte of a page and an amount in a snapshot: each is named, and the log can be trusted', async () => {
    const file = altered((db) => {
      const page = pageOf(db, 0);
      const columns = Buffer.from(page.columns);
      columns[9000] = (columns[9000] ?? 0) ^ 1;
      putPage(db, 0, { ...page, columns });
      forgeSnapshot(db);
    });
    const { code, said } = await verify(file, '2');
    expect(code).toBe(4);
    expect(problemsOf(said)).toStrictEqual([
      expect.stringMatching(/^pages E401 page 0 \(events 0 to 4095\) is damaged: /),
      'projections E401 the stored projection trial-balance differs from a full replay',
    ]);
    expect([said.trusted, said.head]).toStrictEqual([undefined, sound.head]);
  });

  it('a page sealed anew with another amount, and one with the root of other events', async () => {
    const file = altered((db) => {
      const page = pageReader().open(pageOf(db, 0));
      const events = Array.from({ length: page.count }, (_, ordinal) => {
        const [kind, legs] = [page.kindOf(ordinal), page.legsOf(ordinal)];
        if (ordinal !== 77) return { kind, legs };
        return { kind, legs: legs.map((leg) => ({ ...leg, minor: BigInt(leg.minor) * 3n })) };
      });
      putPage(db, 0, { ...pageWriter().seal(0, events), root: pageOf(db, 0).root });
      putPage(db, 1, { ...pageOf(db, 1), root: 'ab'.repeat(32) });
    });
    const { code, said } = await verify(file, '2');
    expect(code).toBe(4);
    expect(problemsOf(said)).toStrictEqual([
      expect.stringMatching(/^pages E401 the sealed page 0 says something else of \w+ at position 77 /),
      expect.stringMatching(/^pages E401 page 1 .* its root is not that of its events$/),
    ]);
    expect(said.trusted?.events).toBe(77);
  });
});

it('refuses a number of threads, or a head, that is none', async () => {
  const run = (...args: string[]) => tieout(folder, ['--store', 'sqlite:sound.db', '-q', 'verify', ...args]);
  expect((await run('--jobs', '0')).err).toContain('error[E602]: --jobs takes a number of threads, not "0"');
  expect((await run('--expect-head', 'abc')).err).toContain(
    'error[E602]: --expect-head takes HEAD or LENGTH:HEAD',
  );
});
