import { scrypt } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RATE_LIMITS } from '../../src/http/rate-limit.ts';
import { type Answer, get, patch, post, put, remove } from './host.ts';
import { ADMIN, type SignInHost, signInHost } from './sign-in-host.ts';

vi.mock('node:crypto', { spy: true });

/** The address of the caller that the proxy reports by default. */
const HERE = '192.0.2.1';

let host: SignInHost;
let send: SignInHost['send'];
let admin: Record<string, string>;
beforeAll(async () => {
  host = await signInHost({ proxies: 1 });
  send = host.send;
});
afterAll(() => host.stop());
beforeEach(async () => {
  admin = await host.as(ADMIN.email, ADMIN.password);
});

const signIn = (email: string, password: string, more: object = {}, from = HERE) =>
  send(post('/v1/auth/sessions', { email, password, ...more }, { 'x-forwarded-for': from }));
const bearer = ({ body }: Answer) => ({ authorization: `Bearer ${body.accessToken}` });
const refresh = (refreshToken: string, headers: Record<string, string> = {}) =>
  send(post('/v1/auth/sessions/refresh', { refreshToken }, headers));
const isIn = async (headers: Record<string, string>) => (await send(get('/v1/me', headers))).status === 200;

/** Expects a refusal, and returns it without the request id, so that refusals can be compared. */
function refused({ status, body, headers }: Answer) {
  const { requestId: _, ...problem } = body;
  expect([status, problem.code]).toEqual([401, 'wrong_credentials']);
  expect(headers.get('www-authenticate')).toBe('Bearer realm="Curlew"');
  return problem;
}

let made = 0;
/** Creates a user with a password. */
async function person(more: object = {}, password = 'ten brown curlews'): Promise<{ id: string; email: string }> {
  const email = `person${++made}@example.com`;
  const { body } = await send(post('/v1/users', { email, role: 'agent', ...more }, admin));
  const token = await send(post(`/v1/users/${body.id}/password-tokens`, { kind: 'invitation' }, admin));
  expect(token.status).toBe(201);
  expect((await send(post('/v1/auth/password', { token: token.body.token, password }))).status).toBe(204);
  return { id: body.id, email };
}

describe('without sign-in', () => {
  it.each([
    ['no credentials', {}],
    ['an invalid token', { authorization: 'Bearer x' }],
    ['a token of another issuer', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.' }],
  ])('%s is refused', async (_, headers) => {
    const answer = await send(get('/v1/tickets', headers as Record<string, string>));
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="Curlew"/);
    // The detail for a bad token does not mention sign-in, because such a caller uses no password.
    expect(answer.body.detail).toMatch(
      /^This request needs an|^The access token or API key is invalid, expired or revoked; send a valid one\.$/,
    );
  });

  it.each(['/healthz', '/readyz', '/openapi.json', '/docs', '/.well-known/jwks.json'])('%s answers', async (path) => {
    expect((await send(get(path))).status).toBe(200);
  });
});

it('refuses another password under the same Idempotency-Key', async () => {
  const found = (password: string) =>
    send(
      post(
        '/v1/organizations',
        { name: 'Terns', admin: { email: 'tern@example.com', name: 'Tern', password } },
        { ...admin, 'idempotency-key': 'terns' },
      ),
    );
  expect((await found('three blue teals')).status).toBe(201);
  expect((await found('three blue teals')).headers.get('idempotent-replayed')).toBe('true');
  const other = await found('four blue teals');
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
});

it('sends no CORS headers to pages of other origins', async () => {
  const { headers } = await send(get('/healthz', { origin: 'https://else.example.com' }));
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

describe('signing in', () => {
  it('returns tokens that are valid for ten minutes and must not be cached', async () => {
    const answer = await signIn(ADMIN.email.toUpperCase(), ADMIN.password);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 600,
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('location')).toMatch(/^\/v1\/auth\/sessions\/ses_/);
    const me = await send(get('/v1/me', bearer(answer)));
    expect(me.body).toMatchObject({ id: 'usr_admin', email: ADMIN.email, role: 'admin' });
    const keys = await send(get('/.well-known/jwks.json'));
    expect(keys.body.keys.map(({ kid }: { kid: string }) => kid)).toEqual([
      decodeProtectedHeader(answer.body.accessToken).kid,
    ]);
    expect(decodeJwt(answer.body.accessToken).iss).toMatch(/^urn:curlew:[0-9a-f]{32}$/);
    host.wait(599);
    expect(await isIn(bearer(answer))).toBe(true);
    host.wait(1);
    const late = await send(get('/v1/me', bearer(answer)));
    expect(late.body).toMatchObject({
      code: 'unauthenticated',
      detail: expect.stringMatching(/^The access token or API key/),
    });
  });

  it('refuses every failure with the same response', async () => {
    const known = await person();
    const inactive = await person();
    await send(patch(`/v1/users/${inactive.id}`, { active: false }, admin));
    const deleted = await person();
    await send(remove(`/v1/users/${deleted.id}`, admin));
    const without = await send(post('/v1/users', { email: 'without@example.com' }, admin));
    const refusals = await Promise.all([
      signIn('nobody@example.com', 'ten brown curlews'),
      signIn(known.email, 'ten brown curlewz'),
      signIn(known.email, 'ten brown curlews', { organization: 'org_nowhere' }),
      signIn(inactive.email, 'ten brown curlews'),
      signIn(deleted.email, 'ten brown curlews'),
      signIn(without.body.email, 'ten brown curlews'),
    ]);
    expect(new Set(refusals.map((one) => JSON.stringify(refused(one)))).size).toBe(1);
    expect((await signIn(known.email, 'ten brown curlews')).status).toBe(201);
    expect((await signIn(known.email, 'ten brown curlews', { organization: 'default' })).status).toBe(201);
  });

  it('names the invalid fields of the request, and never repeats a password', async () => {
    const answer = await send(post('/v1/auth/sessions', { email: 'x', password: 'hunter2hunter2', user: 'y' }));
    expect(answer.body.errors.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`)).toEqual([
      '/email invalid_format',
      '/user unknown_field',
    ]);
    expect(answer.text).not.toContain('hunter2');
  });

  it('refuses a body over 8 KiB before it parses it, because its sender has not proven anything', async () => {
    const tooLarge = await send(post('/v1/auth/sessions', 'x'.repeat(8 * 1024 + 1)));
    expect([tooLarge.status, tooLarge.body.code]).toEqual([413, 'body_too_large']);
    const large = await send(post('/v1/auth/sessions', 'x'.repeat(8 * 1024)));
    expect([large.status, large.body.code]).toEqual([400, 'malformed_json']);
  });

  describe('with an address that belongs to two organizations', () => {
    /** A person of `default` with one password, and an account of another organization for the same address. */
    async function both(theirPassword: string): Promise<{ id: string; email: string; organization: string }> {
      const { id, email } = await person();
      const theirs = { email, name: 'Both', password: theirPassword };
      const founded = await send(post('/v1/organizations', { name: 'Other', admin: theirs }, admin));
      expect(founded.status).toBe(201);
      return { id, email, organization: founded.body.id };
    }

    it('finds the organization by the password', async () => {
      const { id, email } = await both('two wet sandpipers');
      const here = await signIn(email, 'ten brown curlews');
      const there = await signIn(email, 'two wet sandpipers');
      expect((await send(get('/v1/me', bearer(here)))).body).toMatchObject({ role: 'agent', id });
      expect((await send(get('/v1/me', bearer(there)))).body).toMatchObject({ role: 'admin', name: 'Both' });
    });

    it('asks for the organization if the password fits in both', async () => {
      const { email, organization } = await both('ten brown curlews');
      const answer = await signIn(email, 'ten brown curlews');
      expect([answer.status, answer.body.errors]).toMatchObject([
        400,
        [{ pointer: '/organization', code: 'ambiguous' }],
      ]);
      expect(answer.body.detail).toContain(organization);
      expect((await signIn(email, 'ten brown curlews', { organization })).status).toBe(201);
      expect((await signIn(email, 'ten brown curlews', { organization: 'default' })).status).toBe(201);
    });

    it('does not show that the address has another account', async () => {
      const { email } = await both('two wet sandpipers');
      const [unknown, known] = [await signIn('nobody@example.com', 'wrong'), await signIn(email, 'wrong')];
      expect(refused(known)).toEqual(refused(unknown));
    });

    it('computes one hash, as for any other address', async () => {
      const { email } = await both('two wet sandpipers');
      const computed = async (address: string, password: string) => {
        vi.mocked(scrypt).mockClear();
        await signIn(address, password);
        return vi.mocked(scrypt).mock.calls.length;
      };
      expect(await computed('nobody@example.com', 'wrong')).toBe(1);
      expect(await computed((await person()).email, 'wrong')).toBe(1);
      expect(await computed(email, 'wrong')).toBe(1);
      expect(await computed(email, 'two wet sandpipers')).toBe(1);
    });

    it('continues to find the organization after a new password by token or by the person', async () => {
      const { id, email } = await both('two wet sandpipers');
      const { body } = await send(post(`/v1/users/${id}/password-tokens`, { kind: 'reset' }, admin));
      await send(post('/v1/auth/password', { token: body.token, password: 'three blue teals' }));
      const theirs = await host.as(email, 'two wet sandpipers');
      const change = { currentPassword: 'two wet sandpipers', password: 'four red knots' };
      expect((await send(put('/v1/me/password', change, theirs))).status).toBe(204);
      vi.mocked(scrypt).mockClear();
      expect((await signIn(email, 'three blue teals')).status).toBe(201);
      expect((await signIn(email, 'four red knots')).status).toBe(201);
      expect(scrypt).toHaveBeenCalledTimes(2);
    });

    it('finds the organization after the address was changed to that of another account', async () => {
      const { id, email } = await both('two wet sandpipers');
      const moved = await person({}, 'four red knots');
      await send(patch(`/v1/users/${id}`, { email: `moved-${id}@example.com` }, admin));
      await send(patch(`/v1/users/${moved.id}`, { email }, admin));
      expect((await signIn(email, 'four red knots')).status).toBe(201);
      expect((await signIn(email, 'two wet sandpipers')).status).toBe(201);
      expect((await signIn(`moved-${id}@example.com`, 'ten brown curlews')).status).toBe(201);
    });

    it('does not let the other account test guesses of a password', async () => {
      const { email } = await both('two wet sandpipers');
      for (let i = 0; i < 5; i++) expect((await signIn(email, 'two wet sandpipers')).status).toBe(201);
      refused(await signIn(email, 'ten brown curlews'));
      // Another network is not affected.
      expect((await signIn(email, 'ten brown curlews', {}, '192.0.2.77')).status).toBe(201);
    });

    it('writes no audit entry into the log of the organization that was not meant', async () => {
      const { id, email } = await both('two wet sandpipers');
      const refusals = async () => {
        const log = await send(get('/v1/audit?limit=100&sort=-createdAt', admin));
        return log.body.filter(
          (entry: Record<string, string>) => entry.subjectId === id && entry.action === 'session.refused',
        ).length;
      };
      await signIn(email, 'two wet sandpipers');
      expect(await refusals()).toBe(0);
      await signIn(email, 'wrong');
      expect(await refusals()).toBe(1);
    });
  });

  it('refuses a weak first password', async () => {
    const first = { email: 'p@example.com', name: 'P', password: 'password123' };
    const answer = await send(post('/v1/organizations', { name: 'O', admin: first }, admin));
    expect([answer.status, answer.body.errors]).toMatchObject([
      400,
      [{ pointer: '/admin/password', code: 'too_common' }],
    ]);
    const theirs = { email: 'paul@example.com', name: 'P', password: 'Paul@Example.com' };
    const address = await send(post('/v1/organizations', { name: 'O', admin: theirs }, admin));
    expect([address.status, address.body.errors]).toMatchObject([
      400,
      [{ pointer: '/admin/password', code: 'is_address' }],
    ]);
  });
});

describe('failed attempts', () => {
  it('delay the next attempt longer and longer, also for unknown accounts', async () => {
    const { email } = await person();
    for (const address of [email, 'no-such-person@example.com']) {
      for (let i = 0; i < 5; i++) refused(await signIn(address, 'wrong'));
    }
    const blocked = refused(await signIn(email, 'ten brown curlews'));
    expect(refused(await signIn('no-such-person@example.com', 'ten brown curlews'))).toEqual(blocked);
    host.wait(1);
    refused(await signIn(email, 'wrong'));
    host.wait(1);
    refused(await signIn(email, 'ten brown curlews'));
    host.wait(1);
    expect((await signIn(email, 'ten brown curlews')).status).toBe(201);
  });

  it('are all counted if they come at once', async () => {
    const { email } = await person();
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, i) => signIn(email, i < 11 ? 'wrong' : 'ten brown curlews')),
    );
    expect(tries.map(({ status }) => status)).toEqual(Array(12).fill(401));
  });

  it('do not occur if many correct attempts come at once', async () => {
    const { email } = await person();
    const tries = await Promise.all(Array.from({ length: 12 }, () => signIn(email, 'ten brown curlews')));
    expect(tries.map(({ status }) => status)).toEqual(Array(12).fill(201));
  });

  it('block their own network only', async () => {
    const { email } = await person();
    const [theirs, same, next] = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'];
    for (let i = 0; i < 5; i++) refused(await signIn(email, 'wrong', {}, theirs));
    refused(await signIn(email, 'ten brown curlews', {}, same));
    expect((await signIn(email, 'ten brown curlews', {}, next)).status).toBe(201);
    expect((await signIn(email, 'ten brown curlews')).status).toBe(201);
    // A correct attempt from another network does not unblock this one.
    refused(await signIn(email, 'ten brown curlews', {}, theirs));
  });

  it('from 100 networks do not keep the owner out, from a known or a new network', async () => {
    const { email } = await person();
    expect((await signIn(email, 'ten brown curlews', {}, '192.0.2.50')).status).toBe(201);
    for (let i = 0; i < 300; i++) refused(await signIn(email, 'wrong', {}, `198.51.100.${i % 100}`));
    expect((await signIn(email, 'ten brown curlews', {}, '192.0.2.50')).status).toBe(201);
    expect((await signIn(email, 'ten brown curlews', {}, '192.0.2.51')).status).toBe(201);
  });

  it('from 80 networks of a /48 block the /48, except the networks that signed in before', async () => {
    const { email } = await person();
    const inside = (i: number) => `2001:db8:7:${i.toString(16)}00::1`;
    expect((await signIn(email, 'ten brown curlews', {}, inside(200))).status).toBe(201);
    for (let i = 0; i < 80; i++) refused(await signIn(email, 'wrong', {}, inside(i)));
    refused(await signIn(email, 'ten brown curlews', {}, inside(201)));
    expect((await signIn(email, 'ten brown curlews', {}, inside(200))).status).toBe(201);
    expect((await signIn(email, 'ten brown curlews', {}, '2001:db8:8::1')).status).toBe(201);
  });

  it('write one audit entry each, also during the wait', async () => {
    const { id, email } = await person();
    for (let i = 0; i < 8; i++) refused(await signIn(email, i < 7 ? 'wrong' : 'ten brown curlews'));
    const log = await send(get('/v1/audit?limit=100&sort=-createdAt', admin));
    const refusals = log.body.filter(
      (entry: Record<string, string>) => entry.subjectId === id && entry.action === 'session.refused',
    );
    expect(refusals).toHaveLength(8);
  });

  it('compute no hash during the wait, for known and unknown accounts alike', async () => {
    const { email } = await person();
    for (const address of [email, 'no-such-person-2@example.com']) {
      for (let i = 0; i < 5; i++) refused(await signIn(address, 'wrong'));
      vi.mocked(scrypt).mockClear();
      refused(await signIn(address, 'wrong'));
      expect(scrypt).not.toHaveBeenCalled();
    }
  });

  describe('with an address that belongs to two organizations', () => {
    const both = async () => {
      const { id, email } = await person();
      const founder = { email, name: 'Founder', password: 'two wet sandpipers' };
      const { body } = await send(post('/v1/organizations', { name: 'Another', admin: founder }, admin));
      return { id, email, here: { organization: 'default' }, there: { organization: body.id as string } };
    };

    it('are not forgotten after a correct attempt in the other organization', async () => {
      const { email, here, there } = await both();
      for (let i = 0; i < 5; i++) refused(await signIn(email, 'wrong', here));
      expect((await signIn(email, 'two wet sandpipers', there)).status).toBe(201);
      refused(await signIn(email, 'ten brown curlews', here));
      host.wait(1);
      expect((await signIn(email, 'ten brown curlews', here)).status).toBe(201);
    });

    it('count in each organization whose password does not fit', async () => {
      const { email, here, there } = await both();
      for (let i = 0; i < 5; i++) refused(await signIn(email, 'wrong'));
      for (const organization of [here, there, {}]) {
        refused(await signIn(email, 'ten brown curlews', organization));
        refused(await signIn(email, 'two wet sandpipers', organization));
      }
      host.wait(1);
      expect((await signIn(email, 'ten brown curlews')).status).toBe(201);
      // The password of the first organization was a sixth failure in the other one.
      refused(await signIn(email, 'two wet sandpipers'));
      host.wait(2);
      expect((await signIn(email, 'two wet sandpipers')).status).toBe(201);
    });

    it('count the same with or without the name of the only organization', async () => {
      const { email } = await person();
      for (let i = 0; i < 5; i++) refused(await signIn(email, 'wrong', i % 2 ? { organization: 'default' } : {}));
      refused(await signIn(email, 'ten brown curlews'));
      refused(await signIn(email, 'ten brown curlews', { organization: 'default' }));
    });
  });

  it('are forgotten after a new password', async () => {
    const { id, email } = await person();
    for (let i = 0; i < 6; i++) {
      refused(await signIn(email, 'wrong'));
      refused(await signIn(email, 'wrong', {}, '198.51.100.7'));
    }
    const { body } = await send(post(`/v1/users/${id}/password-tokens`, { kind: 'reset' }, admin));
    await send(post('/v1/auth/password', { token: body.token, password: 'three blue teals' }));
    expect((await signIn(email, 'three blue teals')).status).toBe(201);
    expect((await signIn(email, 'three blue teals', {}, '198.51.100.7')).status).toBe(201);
  });
});

describe('limits of a few attempts a minute', () => {
  let limited: SignInHost;
  beforeAll(async () => {
    // The limits count per minute of the clock, so no minute may end between two attempts.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    limited = await signInHost({ proxies: 1, limits: { ...RATE_LIMITS, signIn: 3 } });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await limited.stop();
  });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const statuses = async (times: number, tried: (i: number) => Promise<Answer>) => {
    const answers: number[] = [];
    for (let i = 0; i < times; i++) answers.push((await tried(i)).status);
    return answers;
  };

  it('apply to sign-ins, per network and not per account', async () => {
    const tried = (address: string) => () =>
      limited.send(post('/v1/auth/sessions', { email: ADMIN.email, password: 'wrong' }, from(address)));
    for (let i = 0; i < 20; i++) expect(await statuses(1, tried(`198.51.100.${i}`))).toEqual([401]);
    expect(await statuses(4, tried('198.51.100.99'))).toEqual([401, 401, 401, 429]);
  });

  it('apply to wider networks too: three times to a /56, ten times to a /48', async () => {
    const tried = (address: (i: number) => string) => (i: number) =>
      limited.send(post('/v1/auth/sessions', { email: 'x@example.com', password: 'wrong' }, from(address(i))));
    const narrow = await statuses(
      12,
      tried((i) => `2001:db8:1:${i.toString(16)}::1`),
    );
    expect(narrow).toEqual([...Array(9).fill(401), ...Array(3).fill(429)]);
    const wide = await statuses(
      40,
      tried((i) => `2001:db8:2:${i.toString(16)}00::1`),
    );
    expect(wide).toEqual([...Array(30).fill(401), ...Array(10).fill(429)]);
  });

  it('apply to password changes, per session', async () => {
    const theirs = await limited.as(ADMIN.email, ADMIN.password);
    const change = { currentPassword: 'wrong', password: 'three blue teals' };
    const tried = (i: number) =>
      limited.send(put('/v1/me/password', change, { ...theirs, ...from(`192.0.2.${i + 10}`) }));
    expect(await statuses(4, tried)).toEqual([400, 400, 400, 429]);
    const mine = await limited.as(ADMIN.email, ADMIN.password);
    const elsewhere = limited.send(put('/v1/me/password', change, { ...mine, ...from('192.0.2.90') }));
    expect((await elsewhere).status).toBe(400);
  });

  it('apply to new passwords with a token, per address', async () => {
    const tried = (address: string) => () =>
      limited.send(post('/v1/auth/password', { token: 'x', password: 'three blue teals' }, from(address)));
    expect(await statuses(4, tried('192.0.2.30'))).toEqual([401, 401, 401, 429]);
    expect(await statuses(3, tried('192.0.2.31'))).toEqual([401, 401, 401]);
  });
});

describe('refreshing', () => {
  it('continues the session with new tokens, each valid once', async () => {
    const first = await signIn(ADMIN.email, ADMIN.password);
    const second = await refresh(first.body.refreshToken);
    expect(second.status).toBe(200);
    expect(second.headers.get('cache-control')).toBe('no-store');
    expect(second.body.refreshToken).not.toBe(first.body.refreshToken);
    expect(await isIn(bearer(second))).toBe(true);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('with a used token ends the session after a minute, so that the latest token is invalid too', async () => {
    const first = await signIn(ADMIN.email, ADMIN.password);
    const second = await refresh(first.body.refreshToken);
    host.wait(60);
    refused(await refresh(first.body.refreshToken));
    refused(await refresh(second.body.refreshToken));
    expect(await isIn(bearer(second))).toBe(false);
    expect(await isIn(admin)).toBe(true);
  });

  it('with the previous token gets the same next token again for a minute', async () => {
    const first = await signIn(ADMIN.email, ADMIN.password);
    const second = await refresh(first.body.refreshToken);
    host.wait(59);
    const again = await refresh(first.body.refreshToken);
    expect(again.status).toBe(200);
    expect(again.body.refreshToken).toBe(second.body.refreshToken);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
    expect([await isIn(bearer(again)), await isIn(bearer(second))]).toEqual([true, true]);
    // The minute begins with the first use, not with the repeat.
    host.wait(1);
    refused(await refresh(first.body.refreshToken));
    expect(await isIn(bearer(second))).toBe(false);
  });

  it('with a token whose successor was used ends the session', async () => {
    const first = await signIn(ADMIN.email, ADMIN.password);
    const second = await refresh(first.body.refreshToken);
    const third = await refresh(second.body.refreshToken);
    refused(await refresh(first.body.refreshToken));
    expect(await isIn(bearer(third))).toBe(false);
  });

  it('many times at once gives all requests the same next token, and the session continues', async () => {
    const first = await signIn(ADMIN.email, ADMIN.password);
    const all = await Promise.all(Array.from({ length: 10 }, () => refresh(first.body.refreshToken)));
    expect(all.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(all.map(({ body }) => body.refreshToken)).size).toBe(1);
    for (const answer of all) expect(await isIn(bearer(answer))).toBe(true);
    expect((await refresh(all[0]?.body.refreshToken)).status).toBe(200);
  });

  it('refuses a repeat for an inactive user and after the sign-out', async () => {
    const { id, email } = await person();
    const [one, other] = [await signIn(email, 'ten brown curlews'), await signIn(email, 'ten brown curlews')];
    const next = await refresh(one.body.refreshToken);
    await send(remove('/v1/auth/sessions/current', bearer(next)));
    refused(await refresh(one.body.refreshToken));
    await refresh(other.body.refreshToken);
    await send(patch(`/v1/users/${id}`, { active: false }, admin));
    refused(await refresh(other.body.refreshToken));
  });

  describe('with an Idempotency-Key', () => {
    const key = { 'idempotency-key': 'k1' };

    it('gets the first answer again for a day', async () => {
      const first = await signIn(ADMIN.email, ADMIN.password);
      const second = await refresh(first.body.refreshToken, key);
      expect(second.headers.get('idempotent-replayed')).toBeNull();
      host.wait(24 * 3600 - 1);
      const again = await refresh(first.body.refreshToken, key);
      expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
      expect(again.body.refreshToken).toBe(second.body.refreshToken);
      expect(again.headers.get('cache-control')).toBe('no-store');
      host.wait(1);
      refused(await refresh(first.body.refreshToken, key));
    });

    it('does not continue the session for the holder of the token without the key', async () => {
      const first = await signIn(ADMIN.email, ADMIN.password);
      await refresh(first.body.refreshToken, key);
      host.wait(60);
      refused(await refresh(first.body.refreshToken, { 'idempotency-key': 'k2' }));
      refused(await refresh(first.body.refreshToken, key));
    });

    it('refuses the key of the previous refresh with the next token', async () => {
      const first = await signIn(ADMIN.email, ADMIN.password);
      const second = await refresh(first.body.refreshToken, key);
      const third = await refresh(second.body.refreshToken, key);
      expect([third.status, third.body.code]).toEqual([422, 'idempotency_key_reused']);
      expect((await refresh(second.body.refreshToken, { 'idempotency-key': 'k2' })).status).toBe(200);
    });

    it('belongs to the session: other callers may use the same key', async () => {
      const sessions = await Promise.all([1, 2].map(() => signIn(ADMIN.email, ADMIN.password)));
      for (const { body } of sessions) expect((await refresh(body.refreshToken, key)).status).toBe(200);
    });

    it('refuses a malformed key', async () => {
      const first = await signIn(ADMIN.email, ADMIN.password);
      const answer = await refresh(first.body.refreshToken, { 'idempotency-key': 'x'.repeat(256) });
      expect(answer.body.errors).toMatchObject([{ pointer: '/header/Idempotency-Key', code: 'invalid_format' }]);
      expect((await refresh(first.body.refreshToken)).status).toBe(200);
    });
  });

  it('with an invalid token ends no session', async () => {
    const first = await signIn(ADMIN.email, ADMIN.password);
    const [, , session] = first.body.refreshToken.split('.');
    const forged = [
      'x',
      `crt.default.${session}.a.b`,
      first.body.refreshToken.replace('.default.', '.other.'),
      first.body.refreshToken.replace(/\.[^.]+\.([^.]+)$/, '.AAAA.$1'),
    ];
    for (const token of forged) expect(refused(await refresh(token)).detail).toMatch(/^This token is not valid/);
    expect((await refresh(first.body.refreshToken)).status).toBe(200);
  });

  it('is refused after two weeks without a refresh, and after ninety days', async () => {
    const unused = await signIn(ADMIN.email, ADMIN.password);
    host.wait(14 * 24 * 3600);
    refused(await refresh(unused.body.refreshToken));
    let latest = await signIn(ADMIN.email, ADMIN.password);
    let days = 0;
    for (; latest.status < 300 && days < 100; days += 10) {
      host.wait(10 * 24 * 3600);
      latest = await refresh(latest.body.refreshToken);
    }
    expect(days).toBe(90);
  });

  it('is refused for an inactive user', async () => {
    const { id, email } = await person();
    const first = await signIn(email, 'ten brown curlews');
    await send(patch(`/v1/users/${id}`, { active: false }, admin));
    expect(await isIn(bearer(first))).toBe(false);
    refused(await refresh(first.body.refreshToken));
  });
});

describe('sessions', () => {
  it('are listed without secrets, and end one by one or all at once, with immediate effect', async () => {
    const { email } = await person();
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => signIn(email, 'ten brown curlews')));
    if (first === undefined || second === undefined || third === undefined) throw new Error('unreachable');
    const listed = await send(get('/v1/auth/sessions', bearer(first)));
    expect(listed.body).toHaveLength(3);
    expect(listed.body.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    expect(Object.keys(listed.body[0]).sort()).toEqual(['createdAt', 'current', 'expiresAt', 'id', 'refreshedAt']);

    const location = second.headers.get('location') ?? '';
    expect((await send(remove(location, bearer(first)))).status).toBe(204);
    expect(await isIn(bearer(second))).toBe(false);
    refused(await refresh(second.body.refreshToken));
    expect((await send(remove(location, bearer(first)))).status).toBe(404);

    expect((await send(remove('/v1/auth/sessions/current', bearer(first)))).status).toBe(204);
    expect(await isIn(bearer(first))).toBe(false);
    expect(await isIn(bearer(third))).toBe(true);
    expect((await send(remove('/v1/auth/sessions', bearer(third)))).status).toBe(204);
    expect(await isIn(bearer(third))).toBe(false);
  });

  it('of another user are not found', async () => {
    const { email } = await person();
    const theirs = await signIn(email, 'ten brown curlews');
    expect((await send(remove(theirs.headers.get('location') ?? '', admin))).status).toBe(404);
    expect(await isIn(bearer(theirs))).toBe(true);
  });

  it('of another user can be ended by admins only', async () => {
    const { id, email } = await person();
    const theirs = await signIn(email, 'ten brown curlews');
    expect((await send(remove(`/v1/users/${id}/sessions`, bearer(theirs)))).status).toBe(403);
    expect((await send(remove(`/v1/users/${id}/sessions`, admin))).status).toBe(204);
    expect(await isIn(bearer(theirs))).toBe(false);
    expect((await send(remove('/v1/users/nobody/sessions', admin))).status).toBe(404);
  });

  it('have the rights of the current role of the user', async () => {
    const { id, email } = await person({ role: 'customer' });
    const theirs = await host.as(email, 'ten brown curlews');
    expect((await send(get('/v1/tasks', theirs))).status).toBe(403);
    await send(patch(`/v1/users/${id}`, { role: 'agent' }, admin));
    expect((await send(get('/v1/tasks', theirs))).status).toBe(200);
  });
});

describe('changing the password', () => {
  it('requires the current password and ends all other sessions', async () => {
    const { email } = await person();
    const [mine, other] = [await host.as(email, 'ten brown curlews'), await host.as(email, 'ten brown curlews')];
    const wrong = await send(put('/v1/me/password', { currentPassword: 'x', password: 'three blue teals' }, mine));
    expect([wrong.status, wrong.body.errors]).toMatchObject([
      400,
      [{ pointer: '/currentPassword', code: 'wrong_password' }],
    ]);
    const change = { currentPassword: 'ten brown curlews', password: 'three blue teals' };
    expect((await send(put('/v1/me/password', change, mine))).status).toBe(204);
    expect([await isIn(mine), await isIn(other)]).toEqual([true, false]);
    refused(await signIn(email, 'ten brown curlews'));
    expect((await signIn(email, 'three blue teals')).status).toBe(201);
  });

  it('many times at once succeeds once, and refuses the others as too many', async () => {
    const { email } = await person();
    const mine = await host.as(email, 'ten brown curlews');
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        send(put('/v1/me/password', { currentPassword: 'ten brown curlews', password: `${i} three blue teals` }, mine)),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    // A request that starts after the change has a wrong current password.
    expect(statuses.filter((status) => ![204, 400, 429].includes(status))).toEqual([]);
    const many = answers.find(({ status }) => status === 429);
    expect([many?.body.code, many?.headers.get('retry-after')]).toEqual(['rate_limited', '1']);
  });

  it('writes one audit entry for each wrong attempt, also during the wait', async () => {
    const { id, email } = await person();
    const mine = await host.as(email, 'ten brown curlews');
    const change = { currentPassword: 'wrong wrong wrong', password: 'three blue teals' };
    for (let i = 0; i < 7; i++) {
      await send(put('/v1/me/password', change, { ...mine, 'x-forwarded-for': '198.51.100.9' }));
    }
    const log = await send(get('/v1/audit?limit=100&sort=-createdAt', admin));
    const refusals = log.body.filter(
      (entry: Record<string, string>) => entry.subjectId === id && entry.action === 'password.refused',
    );
    expect(refusals).toHaveLength(7);
    expect(refusals[0]).toMatchObject({ actorId: id, address: '198.51.100.9' });
    const blocked = refusals.filter(({ details }: { details: object }) => 'blocked' in details);
    expect(blocked).toHaveLength(2);
    expect(log.text).not.toContain('wrong wrong wrong');
  });

  it('is refused for a while after five wrong attempts, even with the correct password', async () => {
    const { email } = await person();
    const mine = await host.as(email, 'ten brown curlews');
    const change = (currentPassword: string) =>
      send(put('/v1/me/password', { currentPassword, password: 'three blue teals' }, mine));
    for (let i = 0; i < 5; i++) expect((await change('wrong')).status).toBe(400);
    expect((await change('ten brown curlews')).status).toBe(400);
    host.wait(1);
    expect((await change('ten brown curlews')).status).toBe(204);
  });

  it.each([
    ['short', 'too_short'],
    ['a'.repeat(257), 'too_long'],
    ['Password123', 'too_common'],
    ['1212121212', 'too_common'],
    ['half a \ud800 pair', 'invalid_unicode'],
  ])('refuses the password %s', async (password, code) => {
    const answer = await send(put('/v1/me/password', { currentPassword: ADMIN.password, password }, admin));
    expect(answer.body.errors).toMatchObject([{ pointer: '/password', code }]);
    expect(await isIn(admin)).toBe(true);
  });

  it('refuses the address as password', async () => {
    const password = ADMIN.email.toUpperCase();
    const answer = await send(put('/v1/me/password', { currentPassword: ADMIN.password, password }, admin));
    expect(answer.body.errors).toMatchObject([{ pointer: '/password', code: 'is_address' }]);
  });
});

describe('password tokens', () => {
  const tokenFor = (id: string, kind: string, headers = admin) =>
    send(post(`/v1/users/${id}/password-tokens`, { kind }, headers));
  const set = (token: string, password = 'three blue teals') => send(post('/v1/auth/password', { token, password }));

  it('set a password once and end all sessions of the user', async () => {
    const { id, email } = await person();
    const theirs = await host.as(email, 'ten brown curlews');
    const { body, headers } = await tokenFor(id, 'reset');
    expect(body).toMatchObject({ kind: 'reset', token: expect.stringMatching(/^cpt\.default\./) });
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await set(body.token, 'short')).status).toBe(400);
    expect((await set(body.token)).status).toBe(204);
    expect(await isIn(theirs)).toBe(false);
    refused(await set(body.token, 'four red knots'));
    expect((await signIn(email, 'three blue teals')).status).toBe(201);
  });

  it.each([
    ['invitation', 7 * 24 * 3600],
    ['reset', 3600],
  ])('of kind %s are valid for %d seconds', async (kind, seconds) => {
    const { id } = await person();
    const { body } = await tokenFor(id, kind);
    host.wait(seconds);
    refused(await set(body.token));
  });

  it('are invalid after the address of the user has changed', async () => {
    const { id } = await person();
    const { body } = await tokenFor(id, 'reset');
    await send(patch(`/v1/users/${id}`, { email: `moved-${id}@example.com` }, admin));
    refused(await set(body.token));
  });

  it('are invalid after a later token', async () => {
    const { id } = await person();
    const [first, second] = [await tokenFor(id, 'reset'), await tokenFor(id, 'reset')];
    refused(await set(first.body.token));
    expect((await set(second.body.token)).status).toBe(204);
  });

  it('that were never issued set no password', async () => {
    for (const token of ['x', 'cpt.default.AAAA', 'cpt.other.AAAA']) refused(await set(token));
  });

  it('are created by admins, for existing users with an address', async () => {
    const { id, email } = await person();
    const agent = await host.as(email, 'ten brown curlews');
    expect((await tokenFor('usr_admin', 'reset', agent)).status).toBe(403);
    expect((await tokenFor('nobody', 'reset')).status).toBe(404);
    const without = await send(post('/v1/users', { name: 'Without' }, admin));
    expect((await tokenFor(without.body.id, 'invitation')).body.errors).toMatchObject([{ code: 'no_address' }]);
    expect((await send(post(`/v1/users/${id}/password-tokens`, { kind: 'other' }, admin))).status).toBe(400);
  });

  it('cannot be created for the operator', async () => {
    const { email } = await person({ role: 'admin' });
    const other = await host.as(email, 'ten brown curlews');
    expect((await tokenFor('usr_admin', 'reset', other)).body).toMatchObject({ right: 'organizations:manage' });
    expect((await tokenFor('usr_admin', 'reset')).status).toBe(201);
  });

  it('cannot be created with API keys', async () => {
    const { id } = await person();
    const key = await send(post('/v1/api-keys', { name: 'K', scopes: ['users:manage', 'users:read'] }, admin));
    expect(key.status).toBe(201);
    const answer = await tokenFor(id, 'reset', { 'x-api-key': key.body.key ?? key.body.text });
    expect([answer.status, answer.body.right]).toEqual([403, 'users:manage']);
  });
});

describe('credentials that a user created while signed in', () => {
  const PASSWORD = 'ten brown curlews';
  const NEW_PASSWORD = 'three blue teals';
  const keyBy = async (headers: Record<string, string>, more: object = {}) => {
    const { body } = await send(post('/v1/api-keys', { name: 'K', scopes: ['write'], ...more }, headers));
    return { id: body.id as string, headers: { authorization: `Bearer ${body.key}` } };
  };
  const start = async (more: object = {}) => {
    const { id, email } = await person(more);
    const own = await host.as(email, PASSWORD);
    const key = await keyBy(own);
    return { id, email, own, key, child: await keyBy(key.headers), byAdmin: await keyBy(admin, { userId: id }) };
  };
  type Started = Awaited<ReturnType<typeof start>>;
  const change = ({ own }: Started, more: object = {}) =>
    send(put('/v1/me/password', { currentPassword: PASSWORD, password: NEW_PASSWORD, ...more }, own));

  const WAYS: Record<string, (started: Started) => Promise<Answer>> = {
    'their password changes': change,
    'their password is reset': async ({ id }) => {
      const { body } = await send(post(`/v1/users/${id}/password-tokens`, { kind: 'reset' }, admin));
      return send(post('/v1/auth/password', { token: body.token, password: NEW_PASSWORD }));
    },
    'they sign out everywhere': ({ own }) => send(remove('/v1/auth/sessions', own)),
    'they sign out everywhere with a key': ({ byAdmin }) => send(remove('/v1/auth/sessions', byAdmin.headers)),
    'an admin signs them out': ({ id }) => send(remove(`/v1/users/${id}/sessions`, admin)),
  };

  it.each(Object.entries(WAYS))('end when %s: API keys and the keys created with them', async (_, act) => {
    const started = await start();
    for (const { headers } of [started.key, started.child]) expect(await isIn(headers)).toBe(true);
    expect((await act(started)).status).toBe(204);
    for (const { id, headers } of [started.key, started.child]) {
      expect(await isIn(headers)).toBe(false);
      expect((await send(get(`/v1/api-keys/${id}`, admin))).status).toBe(404);
      const { body: entries } = await send(get('/v1/audit?limit=20', admin));
      const entry = entries.find(({ subjectId, action }: { subjectId: string; action: string }) => {
        return subjectId === id && action === 'api_key.revoked';
      });
      expect(entry.details).toEqual({ userId: started.id, createdBy: started.id });
    }
    expect(await isIn(started.byAdmin.headers)).toBe(true);
  });

  it('include keys for other users', async () => {
    const boss = await start({ role: 'admin' });
    const { id } = await person();
    const theirs = await keyBy(boss.own, { userId: id });
    expect(await isIn(theirs.headers)).toBe(true);
    await send(remove('/v1/auth/sessions', boss.own));
    expect(await isIn(theirs.headers)).toBe(false);
  });

  it('stay after one session has ended, and after a change of the password with keepApiKeys', async () => {
    const started = await start();
    await send(remove('/v1/auth/sessions/current', await host.as(started.email, PASSWORD)));
    expect(await isIn(started.key.headers)).toBe(true);
    expect((await change(started, { keepApiKeys: true })).status).toBe(204);
    for (const { headers } of [started.key, started.child]) expect(await isIn(headers)).toBe(true);
  });

  it.each([
    ['the admin signs out everywhere', (own: Record<string, string>) => remove('/v1/auth/sessions', own)],
    ['the admin is demoted', (_: object, id: string) => patch(`/v1/users/${id}`, { role: 'agent' }, admin)],
    ['the admin is deactivated', (_: object, id: string) => patch(`/v1/users/${id}`, { active: false }, admin)],
  ])('include password tokens, which end when %s', async (_, request) => {
    const { id, own } = await start({ role: 'admin' });
    const someone = await person();
    const { body } = await send(post(`/v1/users/${someone.id}/password-tokens`, { kind: 'invitation' }, own));
    await send(request(own, id));
    refused(await send(post('/v1/auth/password', { token: body.token, password: NEW_PASSWORD })));
  });
});

describe('the audit log', () => {
  it('records sign-ins, failures and changes of credentials, without a secret', async () => {
    const { id, email } = await person();
    await signIn(email, 'wrong wrong wrong');
    const first = await signIn(email, 'ten brown curlews');
    await refresh(first.body.refreshToken);
    host.wait(60);
    await refresh(first.body.refreshToken);
    const theirs = await host.as(email, 'ten brown curlews');
    const change = { currentPassword: 'ten brown curlews', password: 'three blue teals' };
    await send(put('/v1/me/password', change, theirs));
    await send(remove('/v1/auth/sessions', theirs));
    await host.as(email, 'three blue teals');
    // The second request ends no session, so it has no audit entry.
    for (let i = 0; i < 2; i++) await send(remove(`/v1/users/${id}/sessions`, admin));
    const log = await send(get('/v1/audit?limit=100&sort=-createdAt', admin));
    const entries = log.body
      .filter(({ subjectId }: { subjectId: string }) => subjectId === id)
      .map(({ action, actorId }: Record<string, string>) => `${action} ${actorId === id ? 'themselves' : actorId}`);
    // The clock does not move, so the entries have no order.
    expect(entries.filter((entry: string) => !entry.startsWith('user.')).sort()).toEqual([
      'password.changed themselves',
      'password.changed themselves',
      'password_token.created usr_admin',
      'session.created themselves',
      'session.created themselves',
      'session.created themselves',
      'session.ended themselves',
      'session.ended usr_admin',
      'session.refused null',
      'session.reused null',
    ]);
    const { address } = log.body.find(({ action }: { action: string }) => action === 'session.refused');
    expect(address).toBe(HERE);
    for (const secret of ['wrong wrong wrong', 'ten brown curlews', first.body.refreshToken, first.body.accessToken]) {
      expect(log.text).not.toContain(secret);
    }
  });
});
