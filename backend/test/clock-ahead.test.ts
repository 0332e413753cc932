import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scryptPasswords } from '../src/adapters/scrypt/index.ts';
import { openDatabase } from '../src/adapters/sqlite/index.ts';
import { noticeOfFuture } from '../src/hosts/local/future-events.ts';
import { keysInMemory } from '../src/hosts/local/sign-in.ts';
import { wire } from '../src/hosts/local/wire.ts';
import { get, patch, post, type Sent } from './api/host.ts';
import { localHost } from './api/local-host.ts';

const ADMIN = { email: 'admin@example.com', password: 'seven grey herons' } as const;
const DAY_SECONDS = 24 * 60 * 60;
const AHEAD_SECONDS = 400 * DAY_SECONDS;

let folder: string;
let keys: Awaited<ReturnType<typeof keysInMemory>>;
/** The machine's time in epoch milliseconds. */
let time: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  keys = await keysInMemory();
  time = Date.now();
});
afterEach(() => rmSync(folder, { recursive: true }));

const clock = { milliseconds: () => time, iso: () => new Date(time).toISOString() };
const wait = (seconds: number) => {
  time += seconds * 1000;
};

/** Starts the server on the same data, and returns a client that signs in. */
async function start() {
  // A low cost, because only the time of sign-ins matters here.
  const passwords = scryptPasswords({ logN: 4, r: 8, p: 1 });
  const host = await localHost({
    database: openDatabase(join(folder, 'curlew.db')),
    auth: { url: undefined, keys, admin: ADMIN, passwords },
    clock,
  });
  const signIn = (password: string = ADMIN.password) =>
    host.send(post('/v1/auth/sessions', { email: ADMIN.email, password }));
  const tokens = async () => {
    const { status, body } = await signIn();
    expect(status).toBe(201);
    return { headers: { authorization: `Bearer ${body.accessToken}` }, refreshToken: String(body.refreshToken) };
  };
  const isIn = async (headers: Record<string, string>) => (await host.send(get('/v1/me', headers))).status === 200;
  return { ...host, signIn, tokens, isIn };
}

/** Starts with the clock 400 days ahead, opens one ticket, runs `more`, and starts again with the right clock. */
async function startAgain<Result>(more: (ahead: Awaited<ReturnType<typeof start>>) => Promise<Result>) {
  wait(AHEAD_SECONDS);
  const ahead = await start();
  const { headers } = await ahead.tokens();
  expect((await ahead.send(post('/v1/tickets', { title: 'From the future' }, headers))).status).toBe(201);
  const result = await more(ahead);
  await ahead.stop();
  wait(-AHEAD_SECONDS);
  return { result, now: await start() };
}

describe('after a start with a clock that was ahead', () => {
  it('access tokens, sessions and refresh tokens expire', async () => {
    const { now } = await startAgain(async () => {});
    const { headers, refreshToken } = await now.tokens();
    expect(await now.isIn(headers)).toBe(true);
    wait(10 * 60 + 1);
    expect(await now.isIn(headers)).toBe(false);
    wait(15 * DAY_SECONDS);
    expect((await now.send(post('/v1/auth/sessions/refresh', { refreshToken }))).status).toBe(401);
    await now.stop();
  });

  it('access tokens, sessions and password tokens of that time are invalid', async () => {
    const { result, now } = await startAgain(async (ahead) => {
      const { headers, refreshToken } = await ahead.tokens();
      const made = await ahead.send(post('/v1/users', { email: 'joy@example.com' }, headers));
      const invited = await ahead.send(
        post(`/v1/users/${made.body.id}/password-tokens`, { kind: 'invitation' }, headers),
      );
      expect(invited.status).toBe(201);
      return { headers, refreshToken, token: invited.body.token };
    });
    expect(await now.isIn(result.headers)).toBe(false);
    const { refreshToken, token } = result;
    expect((await now.send(post('/v1/auth/sessions/refresh', { refreshToken }))).status).toBe(401);
    expect((await now.send(post('/v1/auth/password', { token, password: 'ten brown curlews' }))).status).toBe(401);
    await now.stop();
  });

  it('lock-outs end, also those of that time', async () => {
    const fail = async ({ signIn }: Awaited<ReturnType<typeof start>>) => {
      for (let i = 0; i < 8; i++) await signIn('wrong wrong wrong');
      expect((await signIn()).status).toBe(401);
    };
    const { now } = await startAgain(fail);
    expect((await now.signIn()).status).toBe(201);
    await fail(now);
    wait(16 * 60);
    expect((await now.signIn()).status).toBe(201);
    await now.stop();
  });

  it('receipts expire, and so do API keys', async () => {
    const { now } = await startAgain(async () => {});
    const { headers } = await now.tokens();
    const keyed = (title: string, more: Record<string, string>): Sent =>
      post('/v1/tickets', { title }, { ...more, 'idempotency-key': 'k' });
    expect((await now.send(keyed('First', headers))).status).toBe(201);
    const expiresAt = new Date(time + 2 * DAY_SECONDS * 1000).toISOString();
    const issued = await now.send(post('/v1/api-keys', { name: 'N', scopes: ['read'], expiresAt }, headers));
    expect(issued.status).toBe(201);
    const key = { 'x-api-key': issued.body.key };
    expect(await now.isIn(key)).toBe(true);
    wait(DAY_SECONDS + 1);
    const later = await now.send(keyed('Second', (await now.tokens()).headers));
    expect([later.status, later.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(await now.isIn(key)).toBe(true);
    wait(DAY_SECONDS);
    expect(await now.isIn(key)).toBe(false);
    await now.stop();
  });

  it('new tickets sort after earlier ones, and changes continue', async () => {
    const { now } = await startAgain(async () => {});
    const { headers } = await now.tokens();
    const made = await now.send(post('/v1/tickets', { title: 'Of today' }, headers));
    const list = await now.send(get('/v1/tickets', headers));
    expect(list.body.map(({ title }: { title: string }) => title)).toEqual(['Of today', 'From the future']);
    const changed = await now.send(patch(`/v1/tickets/${made.body.id}`, { status: 'OPEN' }, headers));
    expect(changed.status).toBe(200);
    await now.stop();
  });

  it('the start says so in one sentence, and another start does not', async () => {
    const started = () =>
      wire(openDatabase(join(folder, 'curlew.db')), {
        auth: 'open',
        limits: undefined,
        triage: { automatic: false, folder: '' },
        log: () => {},
        clock,
      });
    const { now } = await startAgain(async () => {});
    await now.stop();
    const late = await started();
    expect(late.clockNotice).toMatch(/^The latest event is from \S+, which is in the future [^\n]+\.$/);
    await late.stop();
    wait(AHEAD_SECONDS);
    const caughtUp = await started();
    expect(caughtUp.clockNotice).toBeUndefined();
    await caughtUp.stop();
  });
});

it('a cached credential is looked up again after the clock was set back', async () => {
  const host = await start();
  const { headers } = await host.tokens();
  wait(AHEAD_SECONDS);
  const ahead = (await host.tokens()).headers;
  expect(await host.isIn(ahead)).toBe(true);
  wait(-AHEAD_SECONDS);
  expect(await host.isIn(ahead)).toBe(false);
  expect(await host.isIn(headers)).toBe(true);
  await host.stop();
});

it.each([
  ['2026-03-01T00:00:30.000Z', undefined],
  ['2026-03-01T00:01:00.001Z', /2026-03-01T00:01:00.001Z.*2026-03-01T00:00:00.000Z/],
])('noticeOfFuture for the latest event at %s', (latest, expected) => {
  const notice = noticeOfFuture(latest, '2026-03-01T00:00:00.000Z');
  if (expected === undefined) expect(notice).toBeUndefined();
  else expect(notice).toMatch(expected);
});
