import { expect } from 'vitest';
import { get, patch, post, remove } from './host.ts';
import type { ApiRow } from './table.ts';

export const users: readonly ApiRow[] = [
  {
    name: 'creating: OK, in the format of S4',
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
    name: 'creating: OK, with a generated id and a role in any case',
    send: post('/v1/users', { name: 'Sam', email: 'sam@example.com', role: 'Agent' }),
    status: 201,
    body: { id: expect.stringMatching(/^usr_/), role: 'agent' },
    events: ['user.created'],
  },
  {
    name: 'creating: email_taken, in upper or lower case',
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
    name: 'creating: invalid_request, without anything that names the user',
    send: post('/users', {}),
    status: 400,
    errors: [' required'],
  },
  {
    name: 'creating: invalid_request, with a role only',
    send: post('/users', { role: 'agent', email: null }),
    status: 400,
    errors: [' required'],
  },
  {
    name: 'listing: invalid_request, an email that is no address, such as a raw + that means a space',
    send: get('/users?email=a+b@example.com'),
    status: 400,
    errors: ['/query/email invalid_format'],
    body: (body: { errors: { message: string }[] }) => expect(body.errors[0]?.message).toContain('%2B'),
  },
  {
    name: 'listing: OK, an address that no user has',
    send: get('/users?email=a%2Bb@example.com'),
    status: 200,
    body: [],
  },
  {
    name: 'reading: OK, by ?id= as an object',
    send: get('/users?id=01'),
    status: 200,
    headers: { etag: '"v1"' },
    body: { user_id: '01', name: 'Joy' },
  },
  {
    name: 'reading: invalid_request, ?id= with other parameters',
    send: get('/users?id=01&role=agent'),
    status: 400,
    errors: ['/query/id alone'],
  },
  { name: 'reading: OK', send: get('/users/01'), status: 200, body: { user_id: '01' } },
  { name: 'reading: 304', send: get('/users?id=01', { 'if-none-match': '"v1"' }), status: 304 },
  {
    name: 'creating: OK, an address with unusual characters',
    send: post('/users', { email: "r&d/a=b+o'c@example.com" }),
    status: 201,
    events: ['user.created'],
  },
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
    name: 'listing: OK, all users, latest first',
    send: get('/users?limit=1'),
    status: 200,
    body: (body: unknown[]) => expect(body).toHaveLength(1),
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
    name: 'patching: OK, with the body of a GET',
    given: (send) => send(get('/users/patch-me')),
    send: (given) => patch('/users/patch-me', { ...given.body, name: 'Patricia' }),
    status: 200,
    body: { name: 'Patricia', user_id: 'patch-me' },
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
  {
    name: 'exporting: OK, the user and the reported tickets, page by page, without notes',
    given: async (send) => {
      for (const title of ['One', 'Two']) {
        const { body } = await send(post('/tickets', { title, reporterId: 'export-me', description: 'x'.repeat(300) }));
        await send(post(`/tickets/${body.id}/messages`, { body: 'Public', authorId: 'export-me' }));
        await send(post(`/tickets/${body.id}/messages`, { body: 'Internal', kind: 'note' }));
      }
      return send(get('/users/export-me/export?limit=1'));
    },
    send: (given) => {
      expect(given.body).toMatchObject([{ user: { id: 'export-me' } }, { ticket: { title: 'Two' } }]);
      return get(/<([^>]+)>/.exec(given.headers.get('link') ?? '')?.[1] ?? '');
    },
    status: 200,
    headers: { link: null },
    body: [
      {
        ticket: { title: 'One', description: 'x'.repeat(300) },
        messages: [{ body: 'Public' }],
        messagesTruncated: false,
      },
    ],
    lacks: ['Internal', '"user"'],
  },
  { name: 'exporting: not_found', send: get('/users/nobody/export'), status: 404, problem: 'not_found' },
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
