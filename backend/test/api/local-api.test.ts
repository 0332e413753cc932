import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RATE_LIMITS } from '../../src/http/rate-limit.ts';
import { everyTable } from './every-table.ts';
import { get, post } from './host.ts';
import { largeAnswers } from './large-answers.ts';
import { localHost, sendTo } from './local-host.ts';
import { manyAtOnce } from './many-at-once.ts';
import { openOnOneMachine } from './service.ts';
import { apiTable } from './table.ts';

everyTable(localHost);
apiTable('open mode on one machine', localHost, openOnOneMachine);
manyAtOnce(localHost);
largeAnswers(localHost);

describe('limits of the connection', () => {
  let host: Awaited<ReturnType<typeof localHost>>;
  beforeAll(async () => {
    host = await localHost({ limits: { ...RATE_LIMITS, person: { reads: 5, writes: 2 } } });
  });
  afterAll(() => host.stop());
  afterEach(() => void vi.useRealTimers());

  it('counts requests per caller, and reports the remaining number', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-03T10:00:40Z') });
    const answers = [];
    for (let i = 0; i < 7; i++) answers.push(await sendTo(host.url, get('/v1/me')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"reads";q=5;w=60');
    expect(answers[0]?.headers.get('ratelimit')).toBe('"reads";r=4;t=20');
    expect((await sendTo(host.url, post('/v1/tickets', { title: 'T' }))).headers.get('ratelimit')).toMatch(
      /"writes";r=1/,
    );
    expect(answers[5]?.body).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(answers[5]?.headers.get('retry-after')).toBe('20');
    vi.setSystemTime(new Date('2026-03-03T10:01:00Z'));
    expect((await sendTo(host.url, get('/v1/me'))).status).toBe(200);
  });

  it('counts sign-in attempts by the address that the outermost trusted proxy saw', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-03T10:05:00Z') });
    const behind = await localHost({ limits: { ...RATE_LIMITS, signIn: 3 }, proxies: 1 });
    const answered = (forwarded: string, email: string) => {
      const credentials = { email, password: 'x' };
      return sendTo(behind.url, post('/v1/auth/sessions', credentials, { 'x-forwarded-for': forwarded }));
    };
    const tried = async (forwarded: string, email: string) => (await answered(forwarded, email)).status;
    const from = (address: string, many: number) =>
      Promise.all(Array.from({ length: many }, (_, i) => tried(address, `${address.at(-1)}-${i}@example.com`)));
    expect(await from('192.0.2.1', 5)).toEqual([401, 401, 401, 429, 429]);
    expect(await from('192.0.2.2', 1)).toEqual([401]);
    // Addresses that the caller adds in front change nothing.
    expect(await from('203.0.113.9, 192.0.2.1', 1)).toEqual([429]);
    // Attempts of others use up no limit of an account.
    const account = await Promise.all(
      [3, 4, 5, 6].map((i) => tried(`192.0.2.${i}`, i % 2 ? 'a@example.com' : 'A@example.com')),
    );
    expect(account).toEqual([401, 401, 401, 401]);
    const { headers } = await answered('192.0.2.8', 'b@example.com');
    expect(headers.get('ratelimit-policy')).toBe('"sign-ins";q=3;w=60');
    expect(headers.get('ratelimit')).toBe('"sign-ins";r=2;t=60');
    await behind.stop();
  });

  it('refuses a chunked body that exceeds the limit', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${host.url}/tickets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      });
      sending.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sending.on('error', reject);
      const chunk = 'x'.repeat(64 * 1024);
      for (let i = 0; i < 20; i++) sending.write(chunk);
      sending.end();
    });
    expect([413, 429]).toContain(status);
  });
});
