import { expect } from 'vitest';
import { get, patch, post } from './host.ts';
import type { ApiRow } from './table.ts';

const acme = { name: 'Acme', admin: { email: 'joy@acme.example', name: 'Joy' } };
const found = (name: string) => post('/v1/organizations', { ...acme, name });

export const organizations: readonly ApiRow[] = [
  {
    name: 'reading: OK, the own organization',
    send: get('/organizations/default'),
    status: 200,
    headers: { etag: '"v1"' },
    body: { id: 'default', name: 'Default', version: 1 },
  },
  {
    name: 'creating: OK, with its first admin',
    send: post('/v1/organizations', acme),
    status: 201,
    headers: { location: /^\/v1\/organizations\/org_\w{26}$/, etag: '"v1"' },
    body: {
      id: expect.stringMatching(/^org_/),
      name: 'Acme',
      version: 1,
      admin: {
        id: expect.stringMatching(/^usr_/),
        email: 'joy@acme.example',
        name: 'Joy',
        role: 'admin',
        active: true,
      },
    },
    events: ['user.created'],
  },
  {
    name: 'creating: OK, with the address of an admin of another organization',
    send: post('/v1/organizations', { ...acme, name: 'Acme East' }),
    status: 201,
    events: ['user.created'],
  },
  {
    name: 'creating: OK, once for one Idempotency-Key',
    given: (send) => send({ ...found('Once'), headers: { 'idempotency-key': 'found' } }),
    send: () => ({ ...found('Once'), headers: { 'idempotency-key': 'found' } }),
    status: 201,
    headers: { 'idempotent-replayed': 'true' },
    body: (body: object, before: object) => expect(body).toEqual(before),
  },
  {
    name: 'creating: invalid_request',
    send: post('/v1/organizations', { name: ' ', admin: { email: 'x', name: '', role: 'agent' }, id: 'org_mine' }),
    status: 400,
    errors: [
      '/name too_short',
      '/admin/email invalid_format',
      '/admin/name too_short',
      '/admin/role unknown_field',
      '/id unknown_field',
    ],
  },
  {
    name: 'creating: invalid_request, an invalid password, or no support for passwords',
    send: post('/v1/organizations', { ...acme, admin: { ...acme.admin, password: 'short' } }),
    status: 400,
    problem: 'invalid_request',
    holds: ['"/admin/password"'],
    lacks: ['"short"'],
  },
  {
    name: 'creating: invalid_request, without an admin',
    send: post('/v1/organizations', { name: 'N' }),
    status: 400,
    errors: ['/admin required'],
  },
  {
    name: 'its admin is unknown in other organizations',
    given: (send) => send(found('Apart')),
    send: (given) => get(`/users/${given.body.admin.id}`),
    status: 404,
    problem: 'not_found',
  },
  { name: 'reading: not_found', send: get('/organizations/org_nope'), status: 404, problem: 'not_found' },
  {
    name: 'reading: OK, any organization for the operator; 304',
    given: (send) => send(found('Watched')),
    send: (given) => get(given.headers.get('location') ?? '', { 'if-none-match': '"v1"' }),
    status: 304,
  },
  {
    name: 'listing: OK, latest first, page by page',
    send: get('/organizations?limit=2'),
    status: 200,
    headers: { link: /rel="next"/ },
    body: (body: { name: string }[]) => expect(body.map(({ name }) => name)).toEqual(['Watched', 'Apart']),
    lacks: ['admin'],
  },
  {
    name: 'listing: OK, the next page',
    given: (send) => send(get('/organizations?limit=2')),
    send: (given) => get(/<([^>]+)>/.exec(given.headers.get('link') ?? '')?.[1] ?? ''),
    status: 200,
    body: (body: { name: string }[]) => expect(body.map(({ name }) => name)).toEqual(['Once', 'Acme East']),
  },
  {
    name: 'listing: OK, oldest first',
    send: get('/organizations?sort=createdAt&limit=2'),
    status: 200,
    body: (body: { name: string }[]) => expect(body.map(({ name }) => name)).toEqual(['Default', 'Acme']),
  },
  {
    name: 'patching: OK',
    send: patch('/organizations/default', { name: 'Desk' }, { 'if-match': '"v1"' }),
    status: 200,
    headers: { etag: '"v2"' },
    body: { id: 'default', name: 'Desk', version: 2 },
  },
  {
    name: 'patching: OK, without a change',
    send: patch('/organizations/default', { name: 'Desk' }, { 'idempotency-key': 'same', prefer: 'return=minimal' }),
    status: 204,
    headers: { etag: '"v2"' },
  },
  {
    name: 'patching: OK, another organization for the operator',
    given: (send) => send(found('Renamed')),
    send: (given) => patch(given.headers.get('location') ?? '', { name: 'Renamed twice' }),
    status: 200,
    headers: { etag: '"v2"' },
  },
  {
    name: 'patching: precondition_failed',
    send: patch('/organizations/default', { name: 'D' }, { 'if-match': '"v1"' }),
    status: 412,
  },
  {
    name: 'patching: read_only',
    send: patch('/organizations/default', { id: 'x' }),
    status: 400,
    problem: 'read_only',
  },
  {
    name: 'patching: invalid_request',
    send: patch('/organizations/default', { name: null, colour: 'red' }),
    status: 400,
    errors: ['/name required', '/colour unknown_field'],
  },
  {
    name: 'patching: not_found',
    send: patch('/organizations/org_nope', { name: 'N' }),
    status: 404,
    problem: 'not_found',
  },
];
