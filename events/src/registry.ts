/**
 * From stored bytes to today's events: names known, versions brought up to date, payloads checked.
 *
 * A replay knows every name or refuses; an old payload decodes for ever (example payloads in ../examples hold that).
 */
import { payloadsV1, type EventName, type LedgerEvent } from './payloads';
import { LedgerError } from './refusal';
import type { StoredEvent } from './stored';

/** One step: from `version` to `version + 1`. Keyed by name, then by the version that it reads, from 1. */
export type Upcasters = Partial<Record<EventName, Readonly<Record<number, (payload: unknown) => unknown>>>>;

/** None yet: every event is at version 1. */
export const upcasters: Upcasters = {};

/** Today's version of an event: the one that its last step leads to. */
export const currentVersion = (name: EventName, steps: Upcasters = upcasters): number =>
  1 + Object.keys(steps[name] ?? {}).length;

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(payloadsV1, name);
}

/** Decode a stored event. Refuses (E208) an unknown name or version, and (E401) a payload that breaks its schema. */
export function decode(stored: StoredEvent, steps: Upcasters = upcasters): LedgerEvent {
  const { name, position } = stored;
  const at = { file: `event ${position}` };
  if (!isEventName(name)) {
    throw new LedgerError([
      {
        code: 'E208',
        message: `unknown event name "${name}" at position ${position}`,
        at,
        help: 'read this log with the version of Tieout that wrote it, or a later one',
      },
    ]);
  }
  const current = currentVersion(name, steps);
  let { version, payload } = stored;
  while (version < current) {
    const step = steps[name]?.[version];
    if (!step) break;
    payload = step(payload);
    version += 1;
  }
  if (version !== current) {
    throw new LedgerError([
      { code: 'E208', message: `${name} version ${stored.version} at position ${position} is not known`, at },
    ]);
  }
  const parsed = payloadsV1[name].safeParse(payload);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new LedgerError([
      { code: 'E401', message: `${name} at position ${position} breaks its schema: ${where}`, at },
    ]);
  }
  return { name, payload: parsed.data } as LedgerEvent;
}
