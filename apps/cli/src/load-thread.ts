/**
 * The thread that writes a first load into its file, while this one makes the events.
 *
 * It is the built command started again from its own file; `main.ts` asks `isLoadThread` before anything else. What
 * it is sent it does in order, and answers each with a word, so that no more than some batches wait.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  packed,
  storeMaker,
  unpacked,
  type PackedEvents,
  type SealedPage,
  type StoreWriter,
} from '@tieout/event-log';
import { LedgerError, type Problem } from '@tieout/events';

interface Task {
  readonly task: 'load';
  /** Of the store that is made. */
  readonly file: string;
}

type Call =
  | { readonly call: 'events'; readonly events: PackedEvents }
  | { readonly call: 'pages'; readonly sealed: readonly SealedPage[] }
  | { readonly call: 'finish' | 'abandon' };

/** None where the call was done. */
type Answer = readonly Problem[];

const isTask = (data: unknown): data is Task => (data as Task | null)?.task === 'load';

export const isLoadThread = (): boolean => !isMainThread && isTask(workerData);

/** What the thread does until it has finished or abandoned its file. What is no refusal ends it. */
export async function loadThread(): Promise<void> {
  if (!isTask(workerData)) throw new Error('assertion failed: a thread without a task');
  const answered = (work: () => void): boolean => {
    const problems: Problem[] = [];
    try {
      work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      problems.push(...error.problems);
    }
    parentPort?.postMessage(problems satisfies Answer);
    return problems.length === 0;
  };
  const maker = await storeMaker(workerData.file).catch((error: unknown) => {
    if (!(error instanceof LedgerError)) throw error;
    parentPort?.postMessage(error.problems satisfies Answer);
  });
  if (!maker) return;
  parentPort?.on('message', (message: Call) => {
    switch (message.call) {
      case 'events':
        return void answered(() => maker.events(unpacked(message.events)));
      case 'pages':
        return void answered(() => maker.pages(message.sealed));
      case 'finish':
      case 'abandon':
        if (answered(() => maker[message.call]())) parentPort?.close();
    }
  });
}

/** Calls that may wait for the thread: more would only fill the memory. */
const MOST = 4;

/** Writes on a thread of its own. A call that it could not do is refused by one of the next. */
export function writerOnThread(file: string): StoreWriter {
  const task: Task = { task: 'load', file };
  const thread = new Worker(__filename, { workerData: task });
  let failed: Error | undefined;
  let waiting = 0;
  let ended = false;
  let wake = (): void => undefined;
  const fail = (error: Error): void => {
    failed ??= error;
    wake();
  };
  thread.on('error', fail);
  thread.on('exit', () => {
    ended = true;
    if (waiting > 0) fail(new Error('assertion failed: the thread of a load ended early'));
  });
  thread.on('message', (problems: Answer) => {
    waiting -= 1;
    if (problems.length > 0) fail(new LedgerError(problems));
    wake();
  });

  const fewerThan = async (most: number): Promise<void> => {
    while (failed === undefined && waiting >= most)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    if (failed !== undefined) throw failed;
  };
  const send = async (call: Call): Promise<void> => {
    await fewerThan(MOST);
    waiting += 1;
    thread.postMessage(call);
  };
  return {
    events: (filed) => send({ call: 'events', events: packed(filed) }),
    pages: (sealed) => send({ call: 'pages', sealed }),
    finish: async () => {
      await send({ call: 'finish' });
      await fewerThan(1);
    },
    // Whatever it failed at, it is to leave nothing; where it ended already there is nobody to ask.
    abandon: () =>
      new Promise((resolve) => {
        if (ended) resolve();
        thread.once('exit', resolve);
        thread.postMessage({ call: 'abandon' } satisfies Call);
      }),
  };
}
