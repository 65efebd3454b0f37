/**
 * The bytes that hashes are over, and the hashes: held against the published vectors of their standards.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { LedgerEvent } from './payloads';
import { canonical } from './canonical';
import { bodyAndLeaf, bodyOf, leafHash, leafOf, merkleRoot, newEventId, seedEventId, sha256 } from './stored';

describe('canonical JSON (RFC 8785)', () => {
  it('writes the example of §3.2.2', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    const due = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    expect(canonical(value)).toBe(due);
  });

  it('orders keys by UTF-16 code units, as the example of §3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const due = [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ];
    expect([...canonical(value).matchAll(/:"([^"]*)"/g)].map((m) => m[1])).toEqual(due);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s of appendix B as %s', (bits, due) => {
    expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).toBe(due);
  });

  it.each(['7fffffffffffffff', '7ff0000000000000'])(
    'does not take %s of appendix B, which JSON has not',
    (bits) => {
      expect(() => canonical({ n: Buffer.from(bits, 'hex').readDoubleBE() })).toThrow('is not allowed');
    },
  );

  it('refuses half of a surrogate pair (§3.2.2.2), in a text or a key, and nothing that only looks like one', () => {
    for (const half of ['\udead', 'a\ud83d', '\\\udead', '\ude00\ud83d']) {
      expect(() => canonical({ x: half })).toThrow('E107: a text holds half of a UTF-16 surrogate pair');
      expect(() => canonical({ [half]: 1 })).toThrow('E107');
    }
    for (const whole of ['\ud83d\ude00', '\\udead', '\\\\ud800', '"\\ud']) {
      expect(JSON.parse(canonical({ x: whole }))).toStrictEqual({ x: whole });
    }
  });

  it.each([[undefined], [5n], [Symbol('s')], [() => 1], [new Map([[1, 2]])], [new Set()], [new Date(0)]])(
    'does not take %p for data',
    (value) => {
      expect(() => canonical({ value: [value] })).toThrow('has no canonical JSON');
    },
  );

  it('orders many keys as few, by code units and never as numbers', () => {
    const few = fc.uniqueArray(fc.oneof(fc.string({ unit: 'grapheme' }), fc.nat(30).map(String)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(few, (keys) => {
        const text = canonical(Object.fromEntries(keys.map((key) => [key, 0])));
        expect(text).toBe(
          `{${[...keys]
            .sort()
            .map((key) => `${JSON.stringify(key)}:0`)
            .join()}}`,
        );
      }),
    );
  });

  it('says the same of a value whatever the order of its keys, and is read back as the value', () => {
    const json = fc.jsonValue({ stringUnit: 'grapheme' });
    const backwards = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(backwards)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([k, v]) => [k, backwards(v)]),
            )
          : value;
    fc.assert(
      fc.property(json, (value) => {
        const text = canonical(value);
        expect(canonical(backwards(value))).toBe(text);
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

/** RFC 6962 §2.1 as it is written: MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the power of two below n. */
function treeHash(leaves: readonly string[]): string {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest('hex');
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const halves = [leaves.slice(0, k), leaves.slice(k)].map((half) => Buffer.from(treeHash(half), 'hex'));
  return createHash('sha256').update(Uint8Array.of(1)).update(Buffer.concat(halves)).digest('hex');
}

describe('the Merkle root (RFC 6962)', () => {
  // The leaves and roots of the certificate-transparency project's test data.
  const data = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const leaves = data.map((hex) => sha256(Buffer.from(`00${hex}`, 'hex')));

  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of %i leaves is the published one', (count, root) => {
    expect(merkleRoot(leaves.slice(0, count))).toBe(root);
  });

  it('is that of the definition, for any number of leaves', () => {
    const leaf = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString('hex'));
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 300 }), (any) => expect(merkleRoot(any)).toBe(treeHash(any))),
    );
  });
});

describe('the leaf of an event', () => {
  const event = {
    id: '0182d26d-1c00-8000-8000-000000000000',
    name: 'RepairConfirmed',
    version: 1,
    payload: { figure: 'f', reason: 'r' },
    recordedAt: '2022-08-25T00:00:00.000Z',
    actor: 'reconstruction',
    stream: 'B',
    revision: 3,
    position: 7,
  };

  it('is SHA-256 of a zero byte and the canonical bytes', () => {
    const bytes =
      '{"actor":"reconstruction","id":"0182d26d-1c00-8000-8000-000000000000","name":"RepairConfirmed",' +
      '"payload":{"figure":"f","reason":"r"},"position":7,"recordedAt":"2022-08-25T00:00:00.000Z","revision":3,' +
      '"stream":"B","version":1}';
    expect(leafHash(event)).toBe(sha256(`\0${bytes}`));
    expect(bodyOf(event)).toBe(bytes);
    expect(leafOf(bytes)).toBe(sha256(`\0${bytes}`));
  });

  it('is over cause and correlation where the event has them, in their order', () => {
    const text = fc.string({ unit: 'grapheme' });
    const caused = fc.record(
      { actor: text, causationId: text, correlationId: text, stream: text, payload: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(caused, (said) => {
        const all = { ...event, ...said };
        expect(bodyOf(all)).toBe(canonical(all));
        expect(bodyOf(all, canonical(all.payload))).toBe(canonical(all));
        expect(bodyAndLeaf(all)).toStrictEqual({ body: canonical(all), leaf: leafOf(canonical(all)) });
      }),
    );
  });

  it('is over UTF-8', () => {
    const hashed = createHash('sha256').update(Buffer.from('\0{"a":"商\u{1F4B9}"}', 'utf8')).digest('hex');
    expect(leafOf('{"a":"商\u{1F4B9}"}')).toBe(hashed);
  });

  it('changes with every part of the event, and with nothing else', () => {
    const changed = [
      { ...event, id: '0182d26d-1c00-8000-8000-000000000001' },
      { ...event, name: 'BreakExplained' },
      { ...event, version: 2 },
      { ...event, payload: { figure: 'f', reason: 's' } },
      { ...event, recordedAt: '2022-08-25T00:00:00.001Z' },
      { ...event, actor: 'another' },
      { ...event, stream: 'C' },
      { ...event, revision: 4 },
      { ...event, position: 8 },
      { ...event, causationId: event.id },
      { ...event, correlationId: event.id },
    ];
    expect(changed).toHaveLength(Object.keys(event).length + 2);
    expect(new Set([event, ...changed].map(leafHash)).size).toBe(changed.length + 1);
    expect(leafHash({ ...event, leaf: 'x' } as typeof event)).toBe(leafHash(event));
  });
});

describe('event ids', () => {
  const recordedAt = '2022-08-25T00:00:00.000Z';
  const event: LedgerEvent = { name: 'RepairConfirmed', payload: { figure: 'f', reason: 'r' } };
  const millis = (id: string): number => parseInt(id.replaceAll('-', '').slice(0, 12), 16);

  it('of the seed are the same for the same book, event and time, whatever the order of the keys', () => {
    const id = seedEventId('book', event, recordedAt);
    expect(id).toBe('0182d24c-6c00-8652-97dc-5f5a2f9efa6d');
    expect(
      seedEventId('book', { name: 'RepairConfirmed', payload: { reason: 'r', figure: 'f' } }, recordedAt),
    ).toBe(id);
  });

  it('of the seed differ when anything that they stand for does', () => {
    const ids = [
      seedEventId('book', event, recordedAt),
      seedEventId('book2', event, recordedAt),
      seedEventId('book', { name: 'RepairConfirmed', payload: { figure: 'f', reason: 's' } }, recordedAt),
      seedEventId('book', event, '2022-08-25T00:00:00.001Z'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are UUIDs of version 8 (RFC 9562 §5.8) for the seed, whose first 48 bits are its time', () => {
    const time = fc.date({
      min: new Date(0),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), time, (book, at) => {
        const id = seedEventId(book, event, at.toISOString());
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(millis(id)).toBe(at.getTime());
      }),
    );
  });

  it('are UUIDs of version 7 (RFC 9562 §5.7) for what happens now, each another, ordered by time', () => {
    const ids = Array.from({ length: 1000 }, (_, i) => newEventId(1_661_385_600_000 + i));
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.map(millis)).toEqual(Array.from({ length: 1000 }, (_, i) => 1_661_385_600_000 + i));
    const same = Array.from({ length: 1000 }, () => newEventId(1_661_385_600_000));
    expect(new Set(same).size).toBe(1000);
  });
});
