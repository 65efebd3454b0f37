/**
 * One act on a store in a process of its own, which a test puts under limits: `store-child ACT FILE [TO]`, ACT one of read,
 * append (1,000 events), backup. Says what came of it: numbers, or the problems of a refusal as JSON.
 */
import { LedgerError } from '@tieout/events';
import { saying } from './contract';
import { backupLog, openEventLog } from './open';

const [act, file = '', to = ''] = process.argv.slice(2);

async function run(): Promise<unknown> {
  const url = `sqlite:${file}`;
  if (act === 'backup') return (await backupLog(url, to)).length;
  const log = await openEventLog(url);
  try {
    if (act === 'append') {
      const events = Array.from({ length: 1000 }, (_, i) => saying(`${i}`.repeat(100)));
      return (await log.append([{ stream: 'child', expected: 'any', events }])).length;
    }
    return (await log.readAll(0, 1_000_000)).length;
  } finally {
    await log.close();
  }
}

run().then(
  (done) => console.log(JSON.stringify(done)),
  (error: unknown) =>
    console.log(JSON.stringify(error instanceof LedgerError ? error.problems : { failed: String(error) })),
);
