import { expect } from 'vitest';
import { get, post, remove } from './host.ts';
import type { ApiRow } from './table.ts';

const KEY = /^clw_default_[0-9a-z]{26}_[0-9A-Za-z]{38}$/;
const made = (name: string, more: object = {}) => post('/v1/api-keys', { name, scopes: ['tickets:read'], ...more });

export const apiKeys: readonly ApiRow[] = [
  {
    name: 'creating: OK, scopes sorted and without duplicates',
    send: post('/v1/api-keys', { name: 'Form', scopes: ['tickets:write', 'tickets:read', 'tickets:write'] }),
    status: 201,
    headers: { location: /^\/v1\/api-keys\/key_\w{26}$/, etag: '"v1"' },
    body: (body: Record<string, string>) => {
      expect(body).toMatchObject({
        id: expect.stringMatching(/^key_/),
        name: 'Form',
        userId: 'usr_admin',
        createdById: 'usr_admin',
        scopes: ['tickets:read', 'tickets:write'],
        expiresAt: null,
        lastUsedAt: null,
        version: 1,
        key: expect.stringMatching(KEY),
      });
      const { key = '', start = '' } = body;
      expect(key.startsWith(start)).toBe(true);
      expect(key.length - start.length).toBe(34);
    },
    lacks: ['digest', 'revokedAt'],
  },
  {
    name: 'creating: OK, read means every right to read',
    send: made('Reads', { scopes: ['read', 'tickets:write'], expiresAt: '2999-01-01T01:00:00+01:00' }),
    status: 201,
    body: {
      scopes: [
        'tickets:read',
        'tickets:write',
        'tasks:read',
        'users:read',
        'analytics:read',
        'audit:read',
        'organizations:read',
      ],
      expiresAt: '2999-01-01T00:00:00.000Z',
    },
  },
  {
    name: 'creating: OK, write means every right',
    send: made('Writes', { scopes: ['write'] }),
    status: 201,
    holds: ['"api-keys:manage"', '"organizations:manage"', '"users:manage"'],
  },
  {
    name: 'creating: OK, for another user',
    given: (send) => send(post('/users', { id: 'bot', role: 'agent' })),
    send: made('Robot', { userId: 'bot' }),
    status: 201,
    body: { userId: 'bot', createdById: 'usr_admin' },
  },
  {
    name: 'creating: invalid_request',
    send: post('/v1/api-keys', { name: '', scopes: ['tickets'], expiresAt: 'soon', admin: true }),
    status: 400,
    errors: ['/name too_short', '/scopes/0 invalid_value', '/expiresAt invalid_format', '/admin unknown_field'],
  },
  {
    name: 'creating: invalid_request, no scopes',
    send: made('N', { scopes: [] }),
    status: 400,
    errors: ['/scopes too_short'],
  },
  {
    name: 'creating: invalid_request, an expiry in the past',
    send: made('Old', { expiresAt: '2020-01-01T00:00:00Z' }),
    status: 400,
    errors: ['/expiresAt too_early'],
  },
  {
    name: 'creating: invalid_request, for an unknown user',
    send: made('N', { userId: 'nobody' }),
    status: 400,
    errors: ['/userId unknown_user'],
  },
  {
    name: 'creating: invalid_request, for an inactive user',
    given: (send) => send(post('/users', { id: 'away', active: false })),
    send: made('N', { userId: 'away' }),
    status: 400,
    errors: ['/userId unknown_user'],
  },
  {
    name: 'creating: already_issued on a repeat, with the id of the key but not the key',
    given: (send) => send({ ...made('Once'), headers: { 'idempotency-key': 'once' } }),
    send: () => ({ ...made('Once'), headers: { 'idempotency-key': 'once' } }),
    status: 409,
    problem: 'already_issued',
    headers: { 'idempotent-replayed': null },
    body: (body: { detail: string }, before: { id: string; key: string }) => {
      expect(body.detail).toContain(before.id);
      expect(JSON.stringify(body)).not.toContain(before.key);
    },
  },
  {
    name: 'creating: idempotency_key_reused',
    send: { ...made('Other'), headers: { 'idempotency-key': 'once' } },
    status: 422,
    problem: 'idempotency_key_reused',
  },
  {
    name: 'reading: OK, without the key itself',
    given: (send) => send(made('Read me')),
    send: (given) => get(given.headers.get('location') ?? ''),
    status: 200,
    headers: { etag: '"v1"' },
    body: (body: object, { key, ...rest }: { key: string }) => {
      expect(body).toEqual(rest);
      expect(JSON.stringify(body)).not.toContain(key);
    },
  },
  { name: 'reading: not_found', send: get('/api-keys/key_nope'), status: 404, problem: 'not_found' },
  {
    name: 'listing: OK, latest first',
    send: get('/api-keys?limit=2'),
    status: 200,
    headers: { link: /rel="next"/ },
    body: (body: { name: string }[]) => expect(body.map(({ name }) => name)).toEqual(['Read me', 'Once']),
    lacks: ['"key"', 'digest'],
  },
  {
    name: 'listing: OK, the keys of one user',
    send: get('/api-keys?userId=bot&sort=createdAt'),
    status: 200,
    body: (body: { name: string }[]) => expect(body.map(({ name }) => name)).toEqual(['Robot']),
  },
  {
    name: 'listing: OK, an empty list for an unknown user',
    send: get('/api-keys?userId=nobody'),
    status: 200,
    body: [],
  },
  {
    name: 'revoking: precondition_failed',
    given: (send) => send(get('/api-keys?userId=bot')),
    send: (given) => remove(`/api-keys/${given.body[0].id}`, { 'if-match': '"v7"' }),
    status: 412,
  },
  {
    name: 'revoking: OK',
    given: (send) => send(get('/api-keys?userId=bot')),
    send: (given) => remove(`/api-keys/${given.body[0].id}`, { 'if-match': '"v1"' }),
    status: 204,
  },
  {
    name: 'revoking: removes the key from lists',
    send: get('/api-keys?userId=bot'),
    status: 200,
    body: (body: []) => expect(body).toEqual([]),
  },
  {
    name: 'revoking: is final',
    given: async (send) => {
      const one = await send(made('Gone'));
      await send(remove(one.headers.get('location') ?? ''));
      return one;
    },
    send: (given) => remove(given.headers.get('location') ?? ''),
    status: 404,
    problem: 'not_found',
  },
];
