import { expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/adapters/sqlite/index.ts';
import { listen } from '../src/hosts/local/server.ts';
import { keysInMemory } from '../src/hosts/local/sign-in.ts';
import { wire } from '../src/hosts/local/wire.ts';
import { type Answer, get, patch, post, put, remove, type Sent } from './api/host.ts';
import { sendTo } from './api/local-host.ts';

const PASSWORDS = { admin: 'the admin’s own secret', agent: 'what the agent types', wrong: 'what the thief guesses' };

it('no secret is in the log, in stored data, or in a response other than the one that issues it', async () => {
  const database = openDatabase(':memory:');
  const log: unknown[] = [];
  const admin = { email: 'admin@example.com', password: PASSWORDS.admin };
  const auth = { url: undefined, keys: await keysInMemory(), admin };
  const curlew = await wire(database, {
    auth,
    limits: undefined,
    triage: { automatic: true, folder: '' },
    log: (entry) => log.push(entry),
  });
  const server = await listen(curlew.app, '127.0.0.1', 0);
  const { url } = server;
  const answers: Answer[] = [];
  const secrets: string[] = Object.values(PASSWORDS);
  const send = async (request: Sent): Promise<Answer> => {
    const answer = await sendTo(url, request);
    answers.push(answer);
    return answer;
  };
  /** Sends the request, and adds the issued secrets to those that must not appear again. */
  async function issuedSecrets(request: Sent, ...names: string[]): Promise<string[]> {
    const { body, text } = await sendTo(url, request);
    const found = names.map((name) => body[name] ?? expect.fail(text));
    secrets.push(...found);
    return found;
  }

  const signIn = (email: string, password: string) => post('/v1/auth/sessions', { email, password });
  const [token = '', refresh = ''] = await issuedSecrets(
    signIn(admin.email, admin.password),
    'accessToken',
    'refreshToken',
  );
  const asAdmin = { authorization: `Bearer ${token}` };
  const made = await send(post('/v1/users', { id: 'agent', role: 'agent', email: 'agent@example.com' }, asAdmin));
  expect(made.status).toBe(201);
  const [invitation = ''] = await issuedSecrets(
    post('/v1/users/agent/password-tokens', { kind: 'invitation' }, asAdmin),
    'token',
  );
  expect((await send(post('/v1/auth/password', { token: invitation, password: PASSWORDS.agent }))).status).toBe(204);
  await issuedSecrets(signIn('agent@example.com', PASSWORDS.agent), 'accessToken', 'refreshToken');
  const keyed = post('/v1/api-keys', { name: 'N', scopes: ['write'] }, { ...asAdmin, 'idempotency-key': 'once' });
  const [key = ''] = await issuedSecrets(keyed, 'key');
  expect((await send(keyed)).body.code).toBe('already_issued');
  const [next = ''] = await issuedSecrets(post('/v1/auth/sessions/refresh', { refreshToken: refresh }), 'refreshToken');

  // Failing requests must not reveal secrets either: secrets in bodies of every form, headers, paths and parameters.
  for (const secret of [...secrets]) {
    const byKey = { 'x-api-key': key };
    for (const request of [
      signIn('agent@example.com', `${secret}!`),
      post('/v1/auth/sessions', { email: 'x', password: secret, more: 1 }),
      post('/v1/auth/sessions', `{"password":"${secret}`),
      post('/v1/auth/password', { token: secret, password: PASSWORDS.wrong }),
      post('/v1/auth/sessions/refresh', { refreshToken: `${secret}x` }),
      put('/v1/me/password', { currentPassword: PASSWORDS.wrong, password: secret }, asAdmin),
      get('/v1/me', { authorization: `Bearer ${encodeURIComponent(secret)}x` }),
      get('/v1/me', { authorization: `Basic ${encodeURIComponent(secret)}` }),
      get('/v1/me', byKey),
      patch('/v1/me', { password: 1 }, byKey),
    ]) {
      await send(request);
    }
  }
  for (const path of ['/v1/audit', '/v1/api-keys', '/v1/auth/sessions', '/v1/users', '/v1/users/agent/export']) {
    expect([path, (await send(get(path, { 'x-api-key': key }))).status]).toEqual([path, 200]);
  }
  expect((await send(post('/v1/auth/sessions/refresh', { refreshToken: refresh }))).status).toBe(401);
  expect((await send(remove('/v1/auth/sessions', { 'x-api-key': key }))).status).toBe(204);
  expect(next).not.toBe(refresh);

  const seen = {
    log: JSON.stringify(log),
    stored: everythingIn(database),
    answers: answers.map(({ headers, text }) => `${JSON.stringify([...headers])} ${text}`).join('\n'),
  };
  for (const [where, text] of Object.entries(seen)) {
    const found = secrets.filter(
      (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
    );
    expect([where, found]).toEqual([where, []]);
  }
  expect(seen.log).toContain('/v1/auth/sessions');
  expect(seen.stored).toContain('agent@example.com');
  await server.close(1000);
  await curlew.stop();
});

function everythingIn({ db }: Database): string {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const rows = tables.map(({ name }) => JSON.stringify(db.prepare(`SELECT * FROM "${name}"`).all()));
  return rows.join('\n');
}
