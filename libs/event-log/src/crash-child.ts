/**
 * A process that appends batches until it is killed, or has appended as many as asked, saying each on stdout only
 * after the store has acknowledged it. Arguments: the file, the batches' prefix, how many (0: without end), and when to
 * open the file (milliseconds since 1970), so that several do it at one moment.
 */
import { writeSync } from 'node:fs';
import { LedgerError } from '@tieout/events';
import { batchOf, seeded } from './crash-batches';
import { openEventLog } from './open';

const [file = '', prefix = '', count = '0', moment = '0'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

async function run(): Promise<void> {
  say('started');
  while (Date.now() < Number(moment));
  const log = await openEventLog(`sqlite:${file}`);
  const random = seeded(prefix.length);
  for (let i = 0; count === '0' || i < Number(count); i += 1) {
    const batch = `${prefix}-${i}`;
    await log.append(batchOf(batch, random));
    say(`acknowledged ${batch}`);
  }
  await log.close();
}

run().catch((error: unknown) => {
  say(
    error instanceof LedgerError
      ? `refused ${error.problems.map((p) => p.code).join()}`
      : `failed ${String(error)}`,
  );
  process.exitCode = 1;
});
