import { createSecretKey, randomBytes } from 'node:crypto';
import { keyedMutex, type PageKey } from '@curlew/core/kernel';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clock, newId } from '../../../test/context.ts';
import type { StoredKeys } from '../../adapters/secrets-manager/index.ts';
import {
  createFirstOrganization,
  type Database,
  openDatabase,
  sqliteReceiptStore,
  sqliteTaskStore,
} from '../../adapters/sqlite/index.ts';
import { bind, createApp } from '../../http/app.ts';
import { type Cursors, cursors } from '../../http/cursor.ts';
import type { LogEntry } from '../../http/log-entry.ts';
import { taskRoutes } from '../../http/tasks.ts';
import { DEFAULT_ADMIN, DEFAULT_ORGANIZATION } from '../default-organization.ts';
import { rotatedKeys } from './rotated-keys.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** A secret and a clock, for several readers of the secret. */
function keyring() {
  let now = Date.parse('2026-06-01T00:00:00Z');
  let stored: StoredKeys | undefined;
  let reads = 0;
  const unreadable = new Set<string>();
  // The times at which the readers last read the keys.
  const readAt = new Map<string, number>();
  return {
    readAt: (reader: string) => readAt.get(reader) ?? Number.NEGATIVE_INFINITY,
    now: () => now,
    later(milliseconds: number) {
      now += milliseconds;
    },
    rotate() {
      stored = { keys: [randomBytes(32), ...(stored?.keys.slice(0, 1) ?? [])], since: now };
    },
    since: () => stored?.since ?? 0,
    newest: () => Buffer.from(stored?.keys[0] ?? []),
    unreadable,
    reads: () => reads,
    keysFor: (reader: string, onFailure: (error: unknown) => void = () => {}) =>
      rotatedKeys(
        async () => {
          reads += 1;
          if (unreadable.has(reader)) throw new Error('It does not answer.');
          if (stored === undefined) throw new Error('It has no value yet.');
          readAt.set(reader, now);
          return stored;
        },
        () => now,
        onFailure,
      ),
  };
}

describe('two functions while the key is rotated', () => {
  let ring: ReturnType<typeof keyring>;
  let database: Database;
  let logged: LogEntry[];
  beforeEach(async () => {
    ring = keyring();
    logged = [];
    database = openDatabase(':memory:');
    await createFirstOrganization(database, DEFAULT_ORGANIZATION, clock.iso());
  });
  afterEach(() => database.close());

  /** Starts a function that has not read the keys yet. */
  function startFunction(name: string) {
    const app = createApp(
      {
        authenticate: () => DEFAULT_ADMIN,
        basePath: '',
        addressOf: () => '',
        now: clock.iso,
        wallNow: clock.iso,
        newId,
        runExclusive: keyedMutex(),
        pause: async () => {},
        receipts: sqliteReceiptStore(database),
        fingerprintKey: async () => createSecretKey(Buffer.alloc(32)),
        cursorKeys: ring.keysFor(name),
        log: (entry) => logged.push(entry),
      },
      [bind(taskRoutes, { tasks: sqliteTaskStore(database), tickets: { exists: async () => true } })],
    );
    return {
      async page(path = '/v1/tasks?limit=1&sort=createdAt') {
        const response = await app.request(path);
        const next = /<([^>]+)>/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
        const body = (await response.json()) as { title: string }[] & { code?: string };
        return { status: response.status, titles: response.ok ? body.map(({ title }) => title) : body.code, next };
      },
      add: (title: string) =>
        app.request('/v1/tasks', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ title }),
        }),
    };
  }
  const FORGED = '/v1/tasks?limit=1&sort=createdAt&cursor=WyJ4Il0.AAAAAAAAAAAAAAAAAAAAAA';

  async function withTasks() {
    const [one, other] = [startFunction('one'), startFunction('other')];
    for (const title of ['a', 'b', 'c', 'd', 'e']) expect((await one.add(title)).status).toBe(201);
    return [one, other] as const;
  }

  it('pages continue from one function to the other and back, whichever reads the new key first', async () => {
    ring.rotate();
    const [one, other] = await withTasks();
    const first = await one.page();
    ring.rotate();
    // The other function has never read the keys, so it gets the new key at once.
    const second = await other.page(first.next);
    ring.later(40 * SECOND);
    const third = await other.page(second.next);
    const fourth = await one.page(third.next);
    ring.later(6 * MINUTE);
    const fifth = await one.page(fourth.next);
    expect([first, second, third, fourth, fifth].map(({ titles }) => titles)).toEqual([
      ['a'],
      ['b'],
      ['c'],
      ['d'],
      ['e'],
    ]);
    expect(ring.reads()).toBe(4);
  });

  it('a cursor with the new key is accepted even if a forged cursor has just triggered a read of the keys', async () => {
    ring.rotate();
    const [one, other] = await withTasks();
    await one.page();
    await other.page();
    ring.later(MINUTE);
    expect(await one.page(FORGED)).toMatchObject({ status: 400, titles: 'invalid_cursor' });
    ring.rotate();
    for (const _ of Array(60)) {
      ring.later(SECOND);
      const { next } = await startFunction('cold').page();
      expect((await one.page(next)).titles).toEqual(['b']);
      expect((await one.page(FORGED)).status).toBe(400);
    }
  });

  it('forged cursors trigger at most one read of the keys in ten seconds', async () => {
    ring.rotate();
    const [one] = await withTasks();
    await one.page();
    const before = ring.reads();
    for (const _ of Array(60)) {
      ring.later(SECOND);
      expect((await one.page(FORGED)).status).toBe(400);
    }
    expect(ring.reads() - before).toBe(6);
  });

  it('a cursor is refused after the second rotation', async () => {
    ring.rotate();
    const [one] = await withTasks();
    const { next } = await one.page();
    ring.later(DAY);
    ring.rotate();
    expect((await startFunction('cold').page(next)).status).toBe(200);
    ring.later(DAY);
    ring.rotate();
    expect(await startFunction('cold').page(next)).toMatchObject({ status: 400, titles: 'invalid_cursor' });
    expect(await one.page(next)).toMatchObject({ status: 400, titles: 'invalid_cursor' });
  });

  it('without a first key only lists fail, the log says why, and lists work after the first key', async () => {
    const [one] = await withTasks();
    expect(await one.page()).toMatchObject({ status: 503, titles: 'unavailable' });
    expect(logged.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'request failed', error: expect.stringContaining('It has no value yet.') },
    ]);
    ring.rotate();
    expect((await one.page()).titles).toEqual(['a']);
    expect(JSON.stringify(logged)).not.toContain(ring.newest().toString('base64url'));
  });

  it('a function that cannot read keeps its keys, and answers unavailable for a cursor with a newer key', async () => {
    ring.rotate();
    const [one, other] = await withTasks();
    const { next } = await one.page();
    await other.page();
    ring.unreadable.add('one');
    ring.rotate();
    ring.later(6 * MINUTE);
    const { next: signedAnew } = await other.page();
    const before = ring.reads();
    expect((await one.page(next)).titles).toEqual(['b']);
    expect(await one.page(signedAnew)).toMatchObject({ status: 503, titles: 'unavailable' });
    expect((await one.page()).titles).toEqual(['a']);
    // All three requests triggered only one read.
    expect(ring.reads() - before).toBe(1);
    ring.unreadable.clear();
    ring.later(10 * SECOND);
    expect((await one.page(signedAnew)).titles).toEqual(['b']);
  });

  it('keys that were read a day ago are not used while they cannot be read again', async () => {
    ring.rotate();
    const [one, other] = await withTasks();
    await one.page();
    ring.unreadable.add('one');
    ring.later(DAY - SECOND);
    const { next } = await one.page();
    expect((await other.page(next)).titles).toEqual(['b']);
    ring.later(SECOND);
    expect(await one.page()).toMatchObject({ status: 503, titles: 'unavailable' });
    ring.unreadable.clear();
    ring.later(10 * SECOND);
    expect((await one.page()).titles).toEqual(['a']);
  });

  it('many requests at once share one read', async () => {
    ring.rotate();
    const [one] = await withTasks();
    const pages = await Promise.all(Array.from({ length: 20 }, () => one.page()));
    expect(pages.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(ring.reads()).toBe(1);
  });
});

type Step =
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'rotate' }
  | { readonly do: 'list' | 'follow' | 'forge' | 'restart' | 'break'; readonly who: number };

const who = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(
        SECOND,
        4 * SECOND,
        11 * SECOND,
        29 * SECOND,
        31 * SECOND,
        4 * MINUTE,
        6 * MINUTE,
        DAY,
      ),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'rotate' as const }) },
  ...(['list', 'follow', 'forge', 'restart', 'break'] as const).map((name) => ({
    weight: name === 'list' || name === 'follow' ? 4 : 1,
    arbitrary: fc.record({ do: fc.constant(name), who }),
  })),
);

it('with any steps of two functions, no rotation invalidates a cursor for a day since its signer read the keys', async () => {
  const key: PageKey = ['x'];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const ring = keyring();
      ring.rotate();
      const start = (one: number): Cursors => cursors(ring.keysFor(String(one)));
      const functions = [start(0), start(1)];
      const opened = (one: number, cursor?: string) =>
        (functions[one] as Cursors).place('q', cursor).catch(({ code }: { code: string }) => code);
      // A wait ends an outage. A function repeats a failed read after ten seconds.
      const brokenUntil = new Map<string, number>();
      const mayNotKnow = (name: string) =>
        ring.unreadable.has(name) || ring.now() - (brokenUntil.get(name) ?? 0) < 10 * SECOND;
      let walks: { cursor: string; since: number }[] = [];
      for (const one of steps) {
        if (one.do === 'wait') {
          for (const name of ring.unreadable) brokenUntil.set(name, ring.now());
          ring.later(one.milliseconds);
          ring.unreadable.clear();
        }
        if (one.do === 'rotate' && ring.now() - ring.since() >= DAY) ring.rotate();
        if (one.do === 'restart') functions[one.who] = start(one.who);
        if (one.do === 'break') ring.unreadable.add(String(one.who));
        if (one.do === 'forge') {
          expect(['invalid_cursor', 'unavailable']).toContain(await opened(one.who, 'WyJ4Il0.AAAAAAAAAAAAAAAAAAAAAA'));
        }
        if (one.do === 'list') {
          const place = await opened(one.who);
          const since = ring.readAt(String(one.who));
          if (typeof place === 'object') {
            expect(ring.now() - since).toBeLessThan(DAY);
            walks.push({ cursor: place.next(key), since });
          }
        }
        if (one.do === 'follow') {
          // A new key signs half a minute after its rotation, so the previous key may sign for that long.
          walks = walks.filter(({ since }) => ring.now() - since < DAY - MINUTE);
          for (const { cursor } of walks) {
            const place = await opened(one.who, cursor);
            if (place === 'unavailable') expect(mayNotKnow(String(one.who))).toBe(true);
            else expect(place).toMatchObject({ after: key });
          }
        }
      }
    }),
    { numRuns: 2000 },
  );
});
