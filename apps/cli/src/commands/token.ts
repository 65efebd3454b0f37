/**
 * `token`: who may ask a server, and what. A token is shown once; kept is its hash, in a file beside the store.
 */
import { dirname, join, resolve } from 'node:path';
import {
  isOpen,
  keptToken,
  makeToken,
  readTokens,
  roles,
  writeTokens,
  type KeptToken,
  type Role,
} from '@tieout/access';
import { isSamePerson, suggestion } from '@tieout/answers';
import { refuse } from '@tieout/events';
import { isCalendarDay } from '@tieout/ledger';
import type { Io } from '../io';
import { padEnd } from '../print/text';
import type { Globals } from '../session';

/** Beside the store: in the folder of its file, or in `.tieout` of the current folder. */
export function tokensFile({ store }: Pick<Globals, 'store'>, cwd: string): string {
  const file = /^sqlite:(.*)$/s.exec(store ?? '')?.[1];
  return file === undefined
    ? join(cwd, '.tieout', 'tokens.json')
    : join(dirname(resolve(cwd, file)), 'tokens.json');
}

const read = (file: string): readonly KeptToken[] => {
  try {
    return readTokens(file);
  } catch (error) {
    return refuse('E101', error instanceof Error ? error.message : String(error), {
      help: 'set it aside, and give everyone a new token',
    });
  }
};

export function runTokenAdd(
  globals: Globals,
  io: Io,
  name: string,
  { role, expires }: { readonly role: string; readonly expires?: string },
): void {
  const file = tokensFile(globals, io.cwd);
  const tokens = read(file);
  if (tokens.some((each) => each.name === name && isOpen(each)))
    refuse('E602', `${name} has a token`, { help: `tieout token revoke ${JSON.stringify(name)} first` });
  // Two spellings of a name would be one person to a reader, and two to whoever asks for another person's approval.
  const other = tokens.find((each) => each.name !== name && isSamePerson(each.name, name));
  if (other)
    refuse('E602', `"${name}" reads as "${other.name}", who has or had a token`, {
      help: 'spell it as before if it is the same person; else add what tells them apart',
    });
  const until = expires === undefined ? {} : { expires: instant(expires) };
  const { token, kept } = makeToken({ name, roles: rolesOf(role), ...until });
  if (!keptToken.safeParse(kept).success)
    refuse('E602', `"${name}" is no name: letters, digits, spaces and . @ _ -, 64 at most`);
  writeTokens(file, [...tokens, kept]);
  io.tell(
    `${name}: ${kept.roles.join(', ')}${kept.expires ? ` until ${kept.expires}` : ''}. The token is shown this once:`,
  );
  io.print(
    globals.json ? JSON.stringify({ schema: 'tieout.token/1', ...shown(kept), token }, undefined, 2) : token,
  );
}

export function runTokenList(globals: Globals, io: Io): void {
  const tokens = read(tokensFile(globals, io.cwd));
  if (globals.json)
    return io.print(JSON.stringify({ schema: 'tieout.tokens/1', tokens: tokens.map(shown) }, undefined, 2));
  if (tokens.length === 0)
    io.tell('there is no token: on this machine nobody signs in, and no other can ask');
  for (const each of tokens)
    io.print(`${padEnd(each.name, 24)} ${padEnd(each.roles.join(', '), 28)} ${stateOf(each)}`);
}

export function runTokenRevoke(globals: Globals, io: Io, name: string): void {
  const file = tokensFile(globals, io.cwd);
  const tokens = read(file);
  const open = tokens.filter((each) => isOpen(each)).map((each) => each.name);
  if (!open.includes(name))
    refuse('E601', `${name} has no token that opens anything`, {
      help: suggestion(name, open, 'tieout token list shows who has one'),
    });
  const revoked = new Date().toISOString();
  writeTokens(
    file,
    tokens.map((each) => (each.name === name && isOpen(each) ? { ...each, revoked } : each)),
  );
  io.print(`${name}: the token opens nothing any more`);
}

const shown = ({ sha256: _, ...rest }: KeptToken) => rest;

const stateOf = (token: KeptToken): string => {
  if (token.revoked !== undefined) return `revoked ${token.revoked.slice(0, 10)}`;
  if (!isOpen(token)) return `expired ${token.expires?.slice(0, 10) ?? ''}`;
  return token.expires === undefined ? 'open' : `open until ${token.expires.slice(0, 10)}`;
};

function rolesOf(text: string): readonly Role[] {
  return text.split(',').map((each) => {
    const role = roles.find((known) => known === each.trim());
    return (
      role ??
      refuse('E602', `no role "${each}"`, { help: suggestion(each, roles, `there are ${roles.join(', ')}`) })
    );
  });
}

/** `90d` from now, or the end of a day. */
function instant(text: string): string {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  if (days !== undefined) return new Date(Date.now() + Number(days) * 86_400_000).toISOString();
  if (!isCalendarDay(text))
    refuse('E602', `--expires takes a day, like 2027-06-30, or a number of days, like 90d`);
  return `${text}T23:59:59.999Z`;
}
