import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  applyPatch,
  applyReplacement,
  CurlewError,
  characters,
  firstCharacters,
  formatId,
  isSameJson,
  line,
  mergePatch,
  networkOf,
  networksOf,
  parse,
  prose,
  retryStale,
  StaleError,
} from './index.ts';

const json = fc.jsonValue();

function refusal(run: () => unknown): CurlewError {
  try {
    run();
  } catch (error) {
    if (error instanceof CurlewError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('mergePatch', () => {
  // The examples of RFC 7396, appendix A.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j patched with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it('is idempotent, and does not change its arguments', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
  });

  it('treats __proto__ as normal data', () => {
    const result = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}')) as object;
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(Object.keys(result)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('isSameJson', () => {
  it('is true for a copy with its members in another order, and false for other values', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(isSameJson(a, shuffled(a))).toBe(true);
        expect(isSameJson(a, b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
      }),
    );
  });
});

describe('applyPatch and applyReplacement', () => {
  const resource = { current: { id: 'x', name: 'old', note: null, at: 1 }, fields: ['name', 'note'] };
  const schema = z.strictObject({ name: z.string(), note: z.string().nullable().optional() });

  it('drop read-only members with unchanged values', () => {
    expect(applyReplacement(schema, resource, { id: 'x', name: 'new' })).toEqual({ name: 'new' });
    expect(applyPatch(schema, resource, { id: 'x', name: 'new' })).toEqual({ name: 'new', note: null });
  });

  it('compare instants, also inside other members, and take a missing member as null', () => {
    const at = '2026-03-03T08:41:12.500Z';
    const current = { name: 'old', at, triage: { analyzedAt: at, latest: null, reasons: [{ text: 'now', at }] } };
    const dated = { current, fields: ['name'] };
    const named = z.strictObject({ name: z.string() });
    const written = '2026-03-03T08:41:12.500000+00:00';
    const sent = { name: 'new', at: written, triage: { analyzedAt: written, reasons: [{ text: 'now', at: written }] } };
    expect(applyReplacement(named, dated, sent)).toEqual({ name: 'new' });
    const others = [
      { ...sent, at: '2026-03-03T08:41:12.400Z' },
      { ...sent, triage: { ...sent.triage, analyzedAt: '2026-03-03T08:41:13Z' } },
      { ...sent, triage: { ...sent.triage, more: null } },
      { ...sent, triage: { ...sent.triage, reasons: [] } },
      { ...sent, triage: null },
      { ...sent, triage: [] },
    ];
    for (const other of others) {
      expect(refusal(() => applyReplacement(named, dated, other)).code).toBe('read_only');
    }
  });

  it('report every read-only member with a changed value', () => {
    const { code, issues } = refusal(() => applyPatch(schema, resource, { id: 'y', at: 2, name: 'new' }));
    expect(code).toBe('read_only');
    expect(issues.map(({ pointer }) => pointer)).toEqual(['/id', '/at']);
  });

  it('report all problems at once', () => {
    const { code, issues } = refusal(() => applyReplacement(schema, resource, { id: 'y', name: 1, nope: 1 }));
    expect(code).toBe('invalid_request');
    expect(issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/id read_only',
      '/name wrong_type',
      '/nope unknown_field',
    ]);
  });

  it('accept changed values of moving members', () => {
    const moving = { ...resource, moving: new Set(['at']) };
    expect(applyPatch(schema, moving, { at: 2 })).toEqual({ name: 'old', note: null });
  });

  it('reject null for an unknown member', () => {
    expect(refusal(() => applyPatch(schema, resource, { nope: null })).issues).toMatchObject([
      { code: 'unknown_field' },
    ]);
  });

  it.each([null, 'text', 7, [1]])('reject %j, which is not an object', (input) => {
    expect(refusal(() => applyPatch(schema, resource, input)).code).toBe('invalid_request');
  });
});

describe('parse', () => {
  const schema = z.strictObject({ name: z.string(), age: z.int().min(1), tags: z.array(line(1, 3)).max(2) });

  it('reports every problem at once, with pointers', () => {
    const { issues } = refusal(() => parse(schema, { age: 0, tags: ['ok', 'long'], 'a/b~c': 1 }));
    expect(issues.map(({ pointer, code }) => [pointer, code])).toEqual(
      expect.arrayContaining([
        ['/name', 'required'],
        ['/age', 'too_small'],
        ['/tags/1', 'too_long'],
        ['/a~1b~0c', 'unknown_field'],
      ]),
    );
  });
});

describe('text', () => {
  it('counts characters as JSON Schema does: code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(characters(text)).toBe([...text].length);
      }),
    );
    expect(line(1, 2).safeParse('👋👋').success).toBe(true);
    expect(line(1, 2).safeParse('👋👋👋').success).toBe(false);
  });

  it('never cuts a character in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, limit) => {
        expect(firstCharacters(text, limit)).toBe([...text].slice(0, limit).join(''));
      }),
    );
  });

  it.each(['\u0000', '\u001b', '\u007f', '\ud800'])('rejects %j', (bad) => {
    expect(line(0, 10).safeParse(`a${bad}`).success).toBe(false);
    expect(prose(0, 10).safeParse(`a${bad}`).success).toBe(false);
  });

  it('allows line breaks and tabs in prose only', () => {
    expect(prose(1, 10).safeParse('a\r\n\tb').success).toBe(true);
    expect(line(1, 10).safeParse('a\nb').success).toBe(false);
  });

  it('treats white space as empty', () => {
    expect(line(1, 10).safeParse('  ').success).toBe(false);
  });
});

describe('formatId', () => {
  it('sorts by time', () => {
    const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    const entropy = fc.array(fc.nat(31), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(time, time, entropy, entropy, (a, b, x, y) => {
        fc.pre(a < b);
        expect(formatId('tkt', a, x) < formatId('tkt', b, y)).toBe(true);
      }),
    );
  });

  it('formats prefix, time and entropy', () => {
    expect(formatId('usr', 0, new Uint8Array(16))).toBe('usr_00000000000000000000000000');
  });
});

describe('retryStale', () => {
  const ctx = {
    actor: { organizationId: 'o' },
    runExclusive: (_: string, work: () => unknown) => work(),
    pause: async () => {},
  } as never;

  it('retries until no other change interferes', async () => {
    let tries = 0;
    const result = await retryStale(ctx, 's', async () => {
      if (++tries < 5) throw new StaleError();
      return tries;
    });
    expect(result).toBe(5);
  });

  it('throws busy after the last try', async () => {
    const losing = retryStale(ctx, 's', async () => {
      throw new StaleError();
    });
    await expect(losing).rejects.toMatchObject({ code: 'busy' });
  });

  it('rethrows every other error without a retry', async () => {
    let tries = 0;
    const failing = retryStale(ctx, 's', async () => {
      tries++;
      throw new Error('other');
    });
    await expect(failing).rejects.toThrow('other');
    expect(tries).toBe(1);
  });
});

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { members: entries.map(([key, member]) => [key, sorted(member)]) };
}

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:4711', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['::FFFF:7f00:1', '127.0.0.1'],
    ['0:0:0:0:0:ffff:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['[::ffff:c000:207]:443', '192.0.2.7'],
    ['::ffff', '0:0:0:0::/64'],
    ['::ffff:0:c000:207', '0:0:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
    ['somewhere', 'somewhere'],
  ])('%s belongs to the network %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('networksOf', () => {
  it.each([
    ['192.0.2.7', ['192.0.2.7']],
    ['::ffff:192.0.2.7', ['192.0.2.7']],
    ['2001:db8:1:2345::9', ['2001:db8:1:2345::/64', '2001:db8:1:2300::/56', '2001:db8:1::/48']],
    ['2001:db8:1:2::9', ['2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1::/48']],
    ['::1', ['0:0:0:0::/64', '0:0:0:0::/56', '0:0:0::/48']],
    ['somewhere', ['somewhere']],
  ])('%s belongs to the networks %j', (address, networks) => {
    expect(networksOf(address)).toEqual(networks);
  });
});
