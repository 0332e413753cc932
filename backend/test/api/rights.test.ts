import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { by, type ClosedHost, type People, peopleOn } from './callers.ts';
import { type Answer, get, patch, post, remove, type Sent } from './host.ts';
import { closedLocalHost } from './local-host.ts';

let host: ClosedHost;
let people: People;
beforeEach(async () => {
  host = await closedLocalHost();
  people = await peopleOn(host);
});
afterEach(() => host.stop());

const requestAs = (key: string, request: Sent): Promise<Answer> => host.send(by(key, request));
const codeOf = async (key: string, request: Sent) => {
  const { status, body } = await requestAs(key, request);
  return body?.code ?? status;
};
async function made(key: string, request: Sent) {
  const { status, body, text } = await requestAs(key, request);
  if (status !== 201) throw new Error(text);
  return body;
}

describe('the operator', () => {
  it('cannot be changed by an admin', async () => {
    for (const change of [{ email: 'mine@example.com' }, { active: false }, { role: 'customer' }, { name: 'X' }]) {
      expect([change, await codeOf(people.admin.key, patch('/v1/users/usr_admin', change))]).toEqual([
        change,
        'forbidden',
      ]);
    }
    expect(await codeOf(people.admin.key, remove('/v1/users/usr_admin'))).toBe('forbidden');
    expect(await codeOf(people.admin.key, remove('/v1/users/usr_admin/sessions'))).toBe('forbidden');
    const { body: keys } = await requestAs(people.admin.key, get('/v1/api-keys'));
    const own = keys.find(({ userId }: { userId: string }) => userId === 'usr_admin');
    expect(await codeOf(people.admin.key, remove(`/v1/api-keys/${own.id}`))).toBe('forbidden');
    expect(await codeOf(people.operator.key, patch('/v1/users/usr_admin', { name: 'Op' }))).toBe(200);
  });

  it('cannot remove their own address', async () => {
    expect(await codeOf(people.operator.key, patch('/v1/users/usr_admin', { email: null }))).toBe('own_account');
  });
});

describe('admins', () => {
  it('cannot both remove the other one at once', async () => {
    for (let i = 0; i < 5; i++) {
      const two = [];
      for (const name of [`one${i}`, `two${i}`]) {
        const { id } = await made(people.admin.key, post('/v1/users', { name, role: 'admin' }));
        const { key } = await made(people.admin.key, post('/v1/api-keys', { name, scopes: ['write'], userId: id }));
        // Fills the host's cache of callers, as if the key had been used for a while.
        expect(await codeOf(key, get('/v1/me'))).toBe(200);
        two.push({ id, key });
      }
      const [one, other] = two as [(typeof two)[0], (typeof two)[0]];
      const outcomes = await Promise.all([
        codeOf(one.key, patch(`/v1/users/${other.id}`, { role: 'agent' })),
        codeOf(other.key, i % 2 ? remove(`/v1/users/${one.id}`) : patch(`/v1/users/${one.id}`, { active: false })),
      ]);
      expect(outcomes.filter((outcome) => typeof outcome === 'number')).toHaveLength(1);
    }
  });
});

describe('a key that was created with another key', () => {
  it('expires with that key', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { key } = await made(people.agent.key, post('/v1/api-keys', { name: 'Brief', scopes: ['write'], expiresAt }));
    for (const asking of [{}, { expiresAt: null }, { expiresAt: '2999-01-01T00:00:00Z' }]) {
      const child = await made(key, post('/v1/api-keys', { name: 'Child', scopes: ['read'], ...asking }));
      expect(child.expiresAt).toBe(expiresAt);
    }
  });

  it('is limited to fifty for each user', async () => {
    for (let i = 0; i < 48; i++) await made(people.agent.key, post('/v1/api-keys', { name: 'N', scopes: ['read'] }));
    const { id } = await made(people.agent.key, post('/v1/api-keys', { name: 'N', scopes: ['read'] }));
    const more = post('/v1/api-keys', { name: 'N', scopes: ['read'] });
    expect(await codeOf(people.agent.key, more)).toBe('too_many_api_keys');
    expect(await codeOf(people.agent.key, remove(`/v1/api-keys/${id}`))).toBe(204);
    expect(await codeOf(people.agent.key, more)).toBe(201);
  });
});

describe('a key', () => {
  const keyOf = async (person: { key: string }, ...scopes: string[]): Promise<string> =>
    (await made(person.key, post('/v1/api-keys', { name: 'Narrow', scopes }))).key;

  it('cannot create an assignee without the right', async () => {
    const key = await keyOf(people.admin, 'tickets:write', 'tickets:manage');
    const { body } = await requestAs(key, post('/v1/tickets', { title: 'T', assignedToId: 'nobody-yet' }));
    expect(body.errors).toMatchObject([{ pointer: '/assignedToId', code: 'unknown_user' }]);
  });

  it('cannot write a message for another user without the right', async () => {
    const { id } = await made(people.customer.key, post('/v1/tickets', { title: 'T' }));
    const key = await keyOf(people.admin, 'tickets:write');
    const spoken = post(`/v1/tickets/${id}/messages`, { body: 'B', authorId: people.customer.id });
    expect(await codeOf(key, spoken)).toBe('forbidden');
  });

  it('cannot make an admin, or change the sign-in of one, without all rights', async () => {
    const key = await keyOf(people.admin, 'users:read', 'users:write', 'users:manage');
    const boss = await made(people.operator.key, post('/v1/users', { role: 'admin', email: 'boss@example.com' }));
    for (const request of [
      post('/v1/users', { role: 'admin', email: 'mine@example.com' }),
      patch(`/v1/users/${people.agent.id}`, { role: 'admin' }),
      patch(`/v1/users/${boss.id}`, { email: 'mine@example.com' }),
    ]) {
      expect([request.path, await codeOf(key, request)]).toEqual([request.path, 'forbidden']);
      const outcome = await codeOf(people.admin.key, request);
      expect([200, 201, 'email_taken']).toContain(outcome);
    }
    expect(await codeOf(key, patch(`/v1/users/${boss.id}`, { name: 'Boss' }))).toBe(200);
    expect(await codeOf(key, patch(`/v1/users/${people.customer.id}`, { role: 'agent' }))).toBe(200);
  });

  it('that may only write reads a resource in the answer to its write, and in no other way', async () => {
    const { id } = await made(people.customer.key, post('/v1/tickets', { title: 'Noise' }));
    const key = await keyOf(people.admin, 'tickets:write');
    expect(await requestAs(key, patch(`/v1/tickets/${id}`, {}))).toMatchObject({
      status: 200,
      body: { title: 'Noise' },
    });
    for (const path of [`/v1/tickets/${id}`, `/v1/tickets/${id}/messages`, '/v1/tickets']) {
      expect([path, await codeOf(key, get(path))]).toEqual([path, 'forbidden']);
    }
  });

  it('cannot export tickets without the right to read them', async () => {
    const key = await keyOf(people.admin, 'users:manage', 'users:read');
    const { body } = await requestAs(key, get(`/v1/users/${people.customer.id}/export`));
    expect([body.code, body.right]).toEqual(['forbidden', 'tickets:read']);
  });
});

it('customers cannot find out whether an external id is taken', async () => {
  await made(people.agent.key, post('/v1/tickets', { title: 'T', externalId: 'shop-1' }));
  const { id } = await made(people.customer.key, post('/v1/tickets', { title: 'T' }));
  const outcomes = [
    await requestAs(people.customer.key, post('/v1/tickets', { title: 'T', externalId: 'shop-1' })),
    await requestAs(people.customer.key, post('/v1/tickets', { title: 'T', externalId: 'free' })),
    await requestAs(people.customer.key, post(`/v1/tickets/${id}/messages`, { body: 'B', externalId: 'shop-1' })),
  ];
  for (const { body } of outcomes) expect([body.code, body.right]).toEqual(['forbidden', 'tickets:manage']);
});

it('a stored response is not replayed after the role of the user has changed', async () => {
  const { id } = await made(people.customer.key, post('/v1/tickets', { title: 'Secret' }));
  const change = patch(`/v1/tickets/${id}`, { status: 'OPEN' }, { 'idempotency-key': 'k' });
  expect(await codeOf(people.agent.key, change)).toBe(200);
  expect(await codeOf(people.admin.key, patch(`/v1/users/${people.agent.id}`, { role: 'customer' }))).toBe(200);
  expect(await codeOf(people.agent.key, change)).toBe('not_found');
});
