import { expect } from 'vitest';
import { get, patch, post, remove } from './host.ts';
import type { ApiRow } from './table.ts';

export const users: readonly ApiRow[] = [
  {
    name: 'creating: OK, as S4 has it',
    send: post('/users', { user_id: '01', name: 'Joy' }),
    status: 201,
    headers: { location: '/users/01', etag: '"v1"' },
    body: { user_id: '01', id: '01', name: 'Joy', role: 'customer', email: null },
    events: ['user.created'],
  },
  {
    name: 'creating: user_exists',
    send: post('/users', { user_id: '01', name: 'Joy' }),
    status: 409,
    problem: 'user_exists',
  },
  {
    name: 'creating: OK, with an id of ours and a role in any case',
    send: post('/v1/users', { name: 'Sam', email: 'sam@example.com', role: 'Agent' }),
    status: 201,
    body: { id: expect.stringMatching(/^usr_/), role: 'agent' },
    events: ['user.created'],
  },
  {
    name: 'creating: email_taken, whatever its case',
    send: post('/users', { email: 'SAM@example.com' }),
    status: 409,
    problem: 'email_taken',
  },
  {
    name: 'creating: invalid_request',
    send: post('/users', { user_id: 'a b', email: 'x', role: 'root', age: 3 }),
    status: 400,
    errors: ['/user_id invalid_format', '/email invalid_format', '/role invalid_value', '/age unknown_field'],
  },
  {
    name: 'reading: OK, by ?id= as an object',
    send: get('/users?id=01'),
    status: 200,
    headers: { etag: '"v1"' },
    body: { user_id: '01', name: 'Joy' },
  },
  { name: 'reading: OK', send: get('/users/01'), status: 200, body: { user_id: '01' } },
  { name: 'reading: not_found', send: get('/users?id=02'), status: 404, problem: 'not_found' },
  { name: 'reading: OK, the caller', send: get('/me'), status: 200, body: { id: 'usr_admin', role: 'admin' } },
  {
    name: 'reading: OK, an id that needs escapes',
    given: (send) => send(post('/users', { id: 'auth0|x@y' })),
    send: (given) => get(given.headers.get('location') ?? ''),
    status: 200,
    body: { id: 'auth0|x@y' },
  },
  {
    name: 'listing: OK, by address',
    send: get('/users?email=SAM@example.com'),
    status: 200,
    body: (body: { name: string }[]) => expect(body.map(({ name }) => name)).toEqual(['Sam']),
  },
  {
    name: 'listing: OK, by role, page by page',
    send: get('/users?role=customer&limit=1'),
    status: 200,
    headers: { link: /rel="next"/ },
    body: (body: unknown[]) => expect(body).toHaveLength(1),
  },
  {
    name: 'patching: OK',
    given: (send) => send(post('/users', { id: 'patch-me', email: 'pm@example.com' })),
    send: patch('/users/patch-me', { name: 'Pat', email: null }),
    status: 200,
    headers: { etag: '"v2"' },
    body: { name: 'Pat', email: null },
    events: ['user.updated'],
  },
  {
    name: 'patching: precondition_failed',
    send: patch('/users/patch-me', { name: 'P' }, { 'if-match': '"v1"' }),
    status: 412,
  },
  {
    name: 'patching: invalid_request',
    send: patch('/users/patch-me', { name: null }),
    status: 400,
    errors: ['/name required'],
  },
  { name: 'patching: read_only', send: patch('/users/patch-me', { id: 'x' }), status: 400, problem: 'read_only' },
  { name: 'deleting: OK', send: remove('/users/patch-me'), status: 204, events: ['user.deleted'] },
  { name: 'deleting: is final', send: get('/users/patch-me'), status: 404, lacks: ['Pat'] },
  {
    name: 'deleting: the id stays taken',
    send: post('/users', { id: 'patch-me' }),
    status: 409,
    problem: 'user_exists',
  },
  { name: 'deleting: own_account', send: remove('/users/usr_admin'), status: 409, problem: 'own_account' },
];
