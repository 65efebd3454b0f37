import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holderOf, isToken, makeToken, readTokens, watchTokens, writeTokens } from '../index';

const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-02-01T00:00:00Z');

describe('a token', () => {
  test('is 256 random bits, of which only the hash is kept', () => {
    const [one, other] = [1, 2].map(() => makeToken({ name: 'Ada', roles: ['reader'] }, now));
    expect(one?.token).toMatch(/^tieout_[\w-]{43}$/);
    expect(one?.token).not.toBe(other?.token);
    expect(JSON.stringify(one?.kept)).not.toContain(one?.token.slice(7));
    expect(one?.kept).toEqual({
      name: 'Ada',
      roles: ['reader'],
      sha256: one?.kept.sha256,
      created: '2026-01-01T00:00:00.000Z',
    });
    expect(isToken(one?.token ?? '')).toBe(true);
  });

  test('opens for its holder, until it expires or is revoked; another opens nothing', () => {
    const { token, kept } = makeToken(
      { name: 'Ada', roles: ['approver'], expires: later.toISOString() },
      now,
    );
    const other = makeToken({ name: 'Bo', roles: ['reader'] }, now);
    expect(holderOf(token, [other.kept, kept], now)).toBe(kept);
    expect(holderOf(`${token}x`, [kept], now)).toBeUndefined();
    expect(holderOf('', [kept], now)).toBeUndefined();
    expect(holderOf(token, [kept], new Date(later.getTime() - 1))).toBe(kept);
    expect(holderOf(token, [kept], later)).toBeUndefined();
    expect(holderOf(token, [{ ...kept, revoked: now.toISOString() }], now)).toBeUndefined();
  });
});

describe("the tokens' file", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tieout-tokens-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is for its owner only, and gives back what was written', () => {
    const file = join(folder, 'new', 'tokens.json');
    expect(readTokens(file)).toEqual([]);
    const { kept } = makeToken({ name: 'Ada', roles: ['reader', 'preparer'] }, now);
    writeTokens(file, [kept]);
    expect(readTokens(file)).toEqual([kept]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('that is watched is read again when it changes, and is refused when it is damaged', () => {
    const file = join(folder, 'tokens.json');
    const tokens = watchTokens(file);
    expect(tokens()).toEqual([]);
    const { kept } = makeToken({ name: 'Ada', roles: ['reader'] }, now);
    writeTokens(file, [kept]);
    expect(tokens()).toEqual([kept]);
    const revoked = { ...kept, revoked: later.toISOString() };
    writeTokens(file, [revoked]);
    expect(tokens()).toEqual([revoked]);
    writeFileSync(file, '{"tokens":[]}');
    expect(() => tokens()).toThrow('is no file of tokens');
  });
});
