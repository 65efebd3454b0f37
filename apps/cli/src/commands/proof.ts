/**
 * `proof`: documents about the log that anyone can check without it, and their check, which opens no store.
 *
 *     tieout proof entry JE-2022-001 -o entry.json     the entry is in the log of this head
 *     tieout proof growth 237:HEAD -o growth.json      the log of this head began as the log of that head
 *     tieout proof check entry.json --head HEAD        does it hold, and for the head that was kept elsewhere?
 */
import { proofHolds, proveEntry, proveGrowth, type Head, type Proof } from '@tieout/event-log';
import { ExitCode, refuse } from '@tieout/events';
import * as z from 'zod';
import type { Io } from '../io';
import { writeDocument } from '../print/document';
import { readDocument } from '../read-document';
import type { Globals, Session } from '../session';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 hash in hex');
const count = z.number().int().nonnegative();
const head = z.strictObject({ length: count, head: hash });
const common = { schema: z.literal('tieout.proof/1'), log: head, path: z.array(hash) };
const document = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('entry'),
    event: z.strictObject({
      id: z.string(),
      name: z.string(),
      version: count,
      payload: z.unknown(),
      recordedAt: z.string(),
      actor: z.string(),
      stream: z.string(),
      revision: count,
      position: count,
      causationId: z.string().exactOptional(),
      correlationId: z.string().exactOptional(),
    }),
  }),
  z.strictObject({ ...common, kind: z.literal('growth'), older: head }),
]);

/** `LENGTH:HEAD`, as `verify` prints both. */
export function headFrom(text: string, option: string): Head {
  const [, length, hex] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (length === undefined || hex === undefined)
    return refuse('E602', `${option} takes LENGTH:HEAD, not "${text}"`, {
      help: 'tieout verify prints both: head … after … events',
    });
  return { length: Number(length), head: hex };
}

interface Out {
  readonly out?: string;
}

export async function runProofOfEntry(session: Session, entry: string, { out }: Out): Promise<number> {
  const proof = await proveEntry(session.log, entry);
  writeDocument(session.io, out, proof, `proof that ${entry} is in the log of head ${proof.log.head}`);
  return ExitCode.done;
}

export async function runProofOfGrowth(session: Session, older: string, { out }: Out): Promise<number> {
  const proof = await proveGrowth(session.log, headFrom(older, 'proof growth'));
  const said = `proof that the log of ${proof.log.length} events began as that of ${proof.older.length}`;
  writeDocument(session.io, out, proof, said);
  return ExitCode.done;
}

export function runProofCheck(
  globals: Globals,
  io: Io,
  file: string,
  { head: kept }: { head?: string },
): number {
  const help = 'tieout proof entry ENTRY -o FILE writes one';
  const proof: Proof = readDocument(io, file, { schema: document, kind: 'proof', help });
  const holds = proofHolds(proof);
  const known = kept === undefined || kept === proof.log.head;
  const claim =
    proof.kind === 'entry'
      ? `event ${proof.event.position} (${proof.event.name}) is in the log of ${proof.log.length} events`
      : `the log of ${proof.log.length} events began as the log of ${proof.older.length}`;
  if (globals.json) {
    const { kind, log } = proof;
    io.print(
      JSON.stringify({ schema: 'tieout.proof-check/1', kind, holds: holds && known, log }, undefined, 2),
    );
  } else if (!holds) {
    io.print(`✗ ${file} does not hold together: its hashes do not make the head that it states`);
  } else if (!known) {
    io.print(`✗ ${claim} of head ${proof.log.head}, but not of the head given`);
  } else {
    io.print(`✓ ${claim}\n  head ${proof.log.head}`);
    if (kept === undefined)
      io.print('  hold that head against one that was kept elsewhere: --head, or tieout verify');
  }
  return holds && known ? ExitCode.done : ExitCode.findings;
}
