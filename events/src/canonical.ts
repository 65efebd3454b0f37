/**
 * Canonical JSON (RFC 8785): one text for one value, so that hashes can be over it.
 *
 * Numbers and escapes as ECMAScript writes them, keys in the order of their UTF-16 code units, keys that are undefined
 * left out. `{ minor: '5', account: 'cash' }` is `{"account":"cash","minor":"5"}`. Written here and in this plain way
 * because it is half of the cost of a batch append: packages build text by reduce and closures at half the speed.
 */
import { assert, refuse } from './refusal';

/** Plain data only. Refuses (E107) half of a surrogate pair, which has no UTF-8 (§3.2.2.2). */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    assert(Number.isFinite(value), `${value} is not allowed in JSON`);
    return JSON.stringify(value);
  }
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) {
    let items = '';
    for (let at = 0; at < value.length; at += 1) items += (at === 0 ? '' : ',') + canonical(value[at]);
    return `[${items}]`;
  }
  assertPlain(value);
  const record = value as Readonly<Record<string, unknown>>;
  let members = '';
  for (const key of inOrder(Object.keys(record))) {
    const member = record[key];
    if (member === undefined) continue;
    members += (members === '' ? '' : ',') + label(key) + canonical(member);
  }
  return `{${members}}`;
}

/** A Map or a Date would pass for an object with nothing in it. */
function assertPlain(value: unknown): void {
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return;
  const kind = Object.prototype.toString.call(value);
  assert(kind === '[object Object]', `${kind} has no canonical JSON`);
}

/** `keys` in the order of their code units. A few are in order sooner by insertion than by a call of sort. */
function inOrder(keys: string[]): string[] {
  if (keys.length > 16) return keys.sort();
  for (let next = 1; next < keys.length; next += 1) {
    const key = keys[next]!;
    let at = next;
    for (; at > 0 && keys[at - 1]! > key; at -= 1) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}

/** A key as it stands before its member. The keys of payloads are few and known: each is quoted once. */
function label(key: string): string {
  const known = labels.get(key);
  if (known !== undefined) return known;
  const made = `${quoted(key)}:`;
  if (labels.size < 1000) labels.set(key, made);
  return made;
}

const labels = new Map<string, string>();

function quoted(text: string): string {
  if (!escapable.test(text)) return `"${text}"`;
  if (loneSurrogate.test(text)) {
    refuse('E107', 'a text holds half of a UTF-16 surrogate pair, which is not a character', {
      help: 'write the character again',
    });
  }
  return JSON.stringify(text);
}

/** What JSON escapes, and surrogates to be looked at. */
const escapable = /[\u0000-\u001f"\\\ud800-\udfff]/;
/** With the flag u a whole pair is one character, not two surrogates. */
const loneSurrogate = /\p{Surrogate}/u;
