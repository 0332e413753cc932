import { expect } from 'vitest';
import { type ApiHost, get, patch, post, put, remove } from './host.ts';
import type { ApiRow } from './table.ts';

type Send = ApiHost['send'];

const opened =
  (fields: object = {}) =>
  (send: Send) =>
    send(post('/v1/tickets', { title: 'Printer', ...fields }));
const at = (given: { body: { id: string } }, rest = '') => `/v1/tickets/${given.body.id}${rest}`;
const complete = {
  title: 'New title',
  description: 'New text',
  status: 'OPEN',
  reporterId: 'usr_admin',
  priority: 'HIGH',
  type: 'QUESTION',
};

export const creating: readonly ApiRow[] = [
  {
    name: 'OK: a title is enough',
    send: post('/v1/tickets', { title: 'Printer' }),
    status: 201,
    headers: { location: /^\/v1\/tickets\/tkt_[0-9a-z]{26}$/, etag: '"v1-d0"', 'x-request-id': /^req_/ },
    body: {
      title: 'Printer',
      description: '',
      status: 'NEW',
      priority: 'MEDIUM',
      type: 'INCIDENT',
      reporterId: 'usr_admin',
      assignedToId: null,
      tags: [],
      customFields: {},
      triage: null,
      version: 1,
    },
    events: ['ticket.created'],
  },
  {
    name: 'OK: all fields, also without /v1',
    send: post('/tickets', {
      title: 'Printer',
      description: 'It\njams. 👋',
      status: 'in_progress',
      priority: 'critical',
      type: 'Service_Request',
      reporterId: 'joy',
      assignedToId: 'sam',
      tags: ['b', 'a', 'b'],
      customFields: { floor: 3, rooms: [{ n: null }] },
      externalId: 'all-1',
    }),
    status: 201,
    headers: { location: /^\/tickets\/tkt_/ },
    body: {
      status: 'IN_PROGRESS',
      priority: 'CRITICAL',
      type: 'SERVICE_REQUEST',
      reporterId: 'joy',
      assignedToId: 'sam',
      tags: ['b', 'a'],
      customFields: { floor: 3, rooms: [{ n: null }] },
      externalId: 'all-1',
    },
    events: ['user.created', 'user.created', 'ticket.created'],
  },
  {
    name: 'OK: subject, customerEmail and category are accepted as other names',
    send: post('/tickets', { subject: 'Printer', customerEmail: 'kim@example.com', category: 'billing', tags: ['x'] }),
    status: 201,
    body: { title: 'Printer', tags: ['x', 'category:billing'], reporterId: expect.stringMatching(/^usr_/) },
    lacks: ['subject', 'customerEmail'],
    events: ['user.created', 'ticket.created'],
  },
  {
    name: 'OK: a known address gives the same reporter',
    given: (send) => send(post('/tickets', { title: 'One', email: 'Lee@example.com' })),
    send: post('/tickets', { title: 'Two', email: 'lee@EXAMPLE.com' }),
    status: 201,
    body: (body: { reporterId: string }, given: { reporterId: string }) =>
      expect(body.reporterId).toBe(given.reporterId),
    events: ['ticket.created'],
  },
  ...(['reporterId', 'assignedToId'] as const).map(
    (field): ApiRow => ({
      name: `OK: an address as ${field} is the user who has it, not a second one`,
      given: (send) => send(post('/users', { email: `${field}.Of@example.com`, role: 'agent' })),
      send: post('/tickets', { title: 'By address', [field]: `${field}.of@EXAMPLE.com` }),
      status: 201,
      body: (body: Record<string, string>, given: { id: string }) => expect(body[field]).toBe(given.id),
      events: ['ticket.created'],
    }),
  ),
  {
    name: 'OK: an unknown address as reporterId makes one customer with that address',
    given: (send) => send(post('/tickets', { title: 'One', reporterId: 'new.reporter@example.com' })),
    send: post('/tickets', { title: 'Two', email: 'new.reporter@example.com' }),
    status: 201,
    body: (body: { reporterId: string }, given: { reporterId: string }) => {
      expect(body.reporterId).toMatch(/^usr_/);
      expect(body.reporterId).toBe(given.reporterId);
    },
    events: ['ticket.created'],
  },
  {
    name: 'OK: a user id that contains @ still names its user',
    given: (send) => send(post('/users', { id: 'saml|kim@idp', role: 'agent' })),
    send: post('/tickets', { title: 'T', reporterId: 'saml|kim@idp', assignedToId: 'saml|kim@idp' }),
    status: 201,
    body: { reporterId: 'saml|kim@idp', assignedToId: 'saml|kim@idp' },
    events: ['ticket.created'],
  },
  {
    name: 'invalid_request: a reporter id that contains @ and is neither an address nor a user',
    send: post('/tickets', { title: 'T', reporterId: 'saml|lee@@idp' }),
    status: 400,
    errors: ['/reporterId invalid_format'],
  },
  {
    name: 'invalid_request: an unknown address as assignee makes no agent, also for an admin',
    send: post('/tickets', { title: 'T', assignedToId: 'unknown.agent@example.com' }),
    status: 400,
    errors: ['/assignedToId unknown_user'],
  },
  {
    name: 'person_mismatch: an address as reporterId beside another address',
    send: post('/tickets', { title: 'T', reporterId: 'one@example.com', email: 'other@example.com' }),
    status: 409,
    problem: 'person_mismatch',
  },
  {
    name: 'OK: a title from the description',
    send: post('/tickets', { description: '\n  The printer jams  \nsince Monday' }),
    status: 201,
    body: { title: 'The printer jams', description: '\n  The printer jams  \nsince Monday' },
    events: ['ticket.created'],
  },
  {
    name: 'OK: a status other than NEW, with its time',
    send: post('/tickets', { title: 'Old', status: 'CLOSED' }),
    status: 201,
    body: { status: 'CLOSED', closedAt: expect.stringMatching(/Z$/), resolvedAt: null },
    events: ['ticket.created'],
  },
  {
    name: 'OK: null for an optional field',
    send: post('/tickets', { title: 'T', assignedToId: null, externalId: null }),
    status: 201,
    events: ['ticket.created'],
  },
  {
    name: 'invalid_request: all problems at once, with the field names of the request',
    send: post('/tickets', {
      subject: '',
      status: 'DONE',
      category: 'a,b',
      tags: ['ok'],
      nope: 1,
      email: 'x',
      number: 4,
    }),
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    problem: 'invalid_request',
    errors: [
      '/subject too_short',
      '/status invalid_value',
      '/category comma',
      '/email invalid_format',
      '/nope unknown_field',
      '/number unknown_field',
    ],
  },
  {
    name: 'invalid_request: neither title nor description',
    send: post('/tickets', {}),
    status: 400,
    problem: 'invalid_request',
    errors: ['/title required'],
  },
  {
    name: 'invalid_request: both names of one field with different values',
    send: post('/tickets', { title: 'a', subject: 'b' }),
    status: 400,
    errors: ['/subject ambiguous'],
  },
  {
    name: 'OK: both names of one field with the same value',
    send: post('/tickets', { title: 'a', subject: 'a' }),
    status: 201,
    events: ['ticket.created'],
  },
  {
    name: 'invalid_request: an empty category',
    send: post('/tickets', { title: 'a', category: ' ' }),
    status: 400,
    errors: ['/category too_short'],
  },
  {
    name: 'invalid_request: a category that is not a string',
    send: post('/tickets', { title: 'a', category: null }),
    status: 400,
    errors: ['/category wrong_type'],
  },
  {
    name: 'invalid_request: a long category',
    send: post('/tickets', { title: 'a', category: 'x'.repeat(32) }),
    status: 400,
    errors: ['/category too_long'],
  },
  {
    name: 'invalid_request: the number of listed problems is limited',
    send: post('/tickets', Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, i]))),
    status: 400,
    body: (body: { errors: unknown[] }) => expect(body.errors).toHaveLength(100),
  },
  {
    name: 'OK: a custom field may have any name',
    send: post('/tickets', '{"title":"a","customFields":{"__proto__":{"x":1},"k":2}}'),
    status: 201,
    body: (body: { customFields: object }) => expect(Object.keys(body.customFields)).toEqual(['__proto__', 'k']),
    events: ['ticket.created'],
  },
  { name: 'invalid_request: no object', send: post('/tickets', '[]'), status: 400, errors: [' wrong_type'] },
  {
    name: 'invalid_request: a query parameter on a route without parameters',
    send: post('/tickets?notify=1', { title: 'T' }),
    status: 400,
    errors: ['/query/notify unknown_parameter'],
  },
  {
    name: 'external_id_taken: names the ticket that has it',
    given: opened({ externalId: 'once' }),
    send: post('/tickets', { title: 'Again', externalId: 'once' }),
    status: 409,
    problem: 'external_id_taken',
    body: (body: { ticketId: string }, given: { id: string }) => expect(body.ticketId).toBe(given.id),
  },
  {
    name: 'person_mismatch: an id and an address of two users',
    given: async (send) => {
      await send(post('/users', { id: 'pm1', email: 'pm1@example.com' }));
      return send(post('/users', { id: 'pm2', email: 'pm2@example.com' }));
    },
    send: post('/tickets', { title: 'T', reporterId: 'pm1', email: 'pm2@example.com' }),
    status: 409,
    problem: 'person_mismatch',
  },
  {
    name: 'user_removed: a deleted reporter',
    given: async (send) => {
      await send(post('/users', { id: 'gone' }));
      return send(remove('/users/gone'));
    },
    send: post('/tickets', { title: 'T', reporterId: 'gone' }),
    status: 409,
    problem: 'user_removed',
  },
];

export const reading: readonly ApiRow[] = [
  {
    name: 'OK: by id',
    given: opened(),
    send: (given) => get(at(given)),
    status: 200,
    headers: { etag: '"v1-d0"' },
    body: (body: object, given: object) => expect(body).toEqual(given),
  },
  {
    name: 'OK: by human number',
    given: opened(),
    send: (given) => get(`/tickets/${given.body.number}`),
    status: 200,
    body: (body: object, given: object) => expect(body).toEqual(given),
  },
  {
    name: 'OK: with custom fields of any name',
    given: (send) => send(post('/tickets', '{"title":"a","customFields":{"__proto__":{"x":1},"k":2}}')),
    send: (given) => get(at(given)),
    status: 200,
    body: (body: { customFields: object }) => expect(Object.keys(body.customFields)).toEqual(['__proto__', 'k']),
  },
  {
    name: '304: nothing has changed',
    given: opened(),
    send: (given) => get(at(given), { 'if-none-match': '"other", W/"v1-d0"' }),
    status: 304,
    headers: { etag: '"v1-d0"' },
  },
  {
    name: '304: If-None-Match with a comma in a tag, and with empty elements',
    given: opened(),
    send: (given) => get(at(given), { 'if-none-match': '"a,b",, "v1-d0",' }),
    status: 304,
  },
  {
    name: 'OK: If-None-Match with a tag that only begins like the current one',
    given: opened(),
    send: (given) => get(at(given), { 'if-none-match': '"v1-d0,v2"' }),
    status: 200,
  },
  {
    name: '200: a new message changes the derived part of the ETag',
    given: async (send) => {
      const ticket = await opened()(send);
      await send(post(at(ticket, '/messages'), { body: 'Hello' }));
      return ticket;
    },
    send: (given) => get(at(given), { 'if-none-match': '"v1-d0"' }),
    status: 200,
    headers: { etag: '"v1-d1"' },
  },
  { name: 'not_found', send: get('/v1/tickets/tkt_00000000000000000000000000'), status: 404, problem: 'not_found' },
  { name: 'not_found: a number', send: get('/v1/tickets/999999'), status: 404, problem: 'not_found' },
  {
    name: 'not_found: deleted',
    given: async (send) => {
      const ticket = await opened()(send);
      await send(remove(at(ticket)));
      return ticket;
    },
    send: (given) => get(at(given)),
    status: 404,
    problem: 'not_found',
    lacks: ['Printer'],
  },
  {
    name: 'invalid_request: an ETag without quotes',
    given: opened(),
    send: (given) => get(at(given), { 'if-none-match': 'v1' }),
    status: 400,
    errors: ['/header/If-None-Match invalid_format'],
  },
];

export const replacing: readonly ApiRow[] = [
  {
    name: 'OK: a missing field returns to its default',
    given: opened({ assignedToId: 'sam', tags: ['a'], customFields: { a: 1 }, externalId: 'put-1' }),
    send: (given) => put(at(given), complete),
    status: 200,
    headers: { etag: '"v2-d0"' },
    body: { ...complete, assignedToId: null, tags: [], customFields: {}, externalId: null, version: 2 },
    events: ['ticket.status_changed', 'ticket.updated'],
  },
  {
    name: 'OK: GET, edit, PUT',
    given: opened({ tags: ['a'] }),
    send: (given) => put(at(given), { ...given.body, title: 'Edited' }, { 'if-match': '"v1-d0"' }),
    status: 200,
    body: { title: 'Edited', tags: ['a'] },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: GET, edit, PUT, in spite of a new message in between',
    given: async (send) => {
      const ticket = await opened()(send);
      await send(post(at(ticket, '/messages'), { body: 'Hello' }));
      return ticket;
    },
    send: (given) => put(at(given), { ...given.body, title: 'Edited' }, { 'if-match': '"v1-d0"' }),
    status: 200,
    headers: { etag: '"v2-d1"' },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: GET, edit, PUT by a client that prints instants in its own way',
    given: async (send) => {
      const ticket = await opened()(send);
      return send(post(at(ticket, '/triage')));
    },
    send: (given) => {
      const written = JSON.stringify(given.body).replaceAll(
        /"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.(\d{3})Z"/g,
        '"$1 $2.$3000+00:00"',
      );
      return put(at(given), { ...JSON.parse(written), title: 'Edited' });
    },
    status: 200,
    headers: { etag: '"v2-d1"' },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: GET, edit, PUT by a client that cuts instants to seconds and leaves null out',
    given: opened(),
    send: (given) => {
      const kept = Object.entries(given.body as object).filter(([, value]) => value !== null);
      const seconds = kept.map(([name, value]) => [name, name.endsWith('At') ? `${value.slice(0, 19)}+00:00` : value]);
      return put(at(given), { ...Object.fromEntries(seconds), title: 'Edited' });
    },
    status: 200,
    body: { title: 'Edited' },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: a PUT without differences changes nothing',
    given: opened(),
    send: (given) => put(at(given), given.body),
    status: 200,
    headers: { etag: '"v1-d0"' },
    body: { version: 1 },
  },
  {
    name: 'invalid_request: required fields',
    given: opened(),
    send: (given) => put(at(given), { title: 'T' }),
    status: 400,
    errors: [
      '/description required',
      '/status required',
      '/priority required',
      '/type required',
      '/reporterId required',
    ],
  },
  {
    name: 'read_only: names each field',
    given: opened(),
    send: (given) => put(at(given), { ...given.body, number: 0, createdAt: 'x', version: 9 }),
    status: 400,
    problem: 'read_only',
    errors: ['/number read_only', '/createdAt read_only', '/version read_only'],
  },
  {
    name: 'invalid_request: read-only fields and other problems at once',
    given: opened(),
    send: (given) => put(at(given), { ...given.body, number: 0, title: 1, nope: 1 }),
    status: 400,
    problem: 'invalid_request',
    errors: ['/number read_only', '/title wrong_type', '/nope unknown_field'],
  },
  {
    name: 'precondition_failed',
    given: opened(),
    send: (given) => put(at(given), given.body, { 'if-match': '"v2"' }),
    status: 412,
    problem: 'precondition_failed',
    body: { currentVersion: 1 },
  },
  {
    name: 'illegal_transition: names the allowed steps',
    given: opened({ status: 'RESOLVED' }),
    send: (given) => put(at(given), { ...given.body, status: 'IN_PROGRESS' }),
    status: 409,
    problem: 'illegal_transition',
    body: { allowed: ['OPEN', 'CLOSED'], from: 'RESOLVED', to: 'IN_PROGRESS' },
  },
  { name: 'not_found', send: put('/tickets/nope', complete), status: 404, problem: 'not_found' },
];

export const patching: readonly ApiRow[] = [
  {
    name: 'OK: one field changes, the others stay',
    given: opened({ priority: 'HIGH', tags: ['a'] }),
    send: (given) => patch(at(given), { status: 'open' }, { 'content-type': 'application/merge-patch+json' }),
    status: 200,
    headers: { etag: '"v2-d0"' },
    body: { status: 'OPEN', priority: 'HIGH', tags: ['a'], version: 2 },
    events: ['ticket.status_changed'],
  },
  {
    name: 'OK: custom fields are merged, null removes a field',
    given: opened({ customFields: { keep: 1, drop: 2, deep: { a: 1, b: 2 } } }),
    send: (given) => patch(at(given), { customFields: { drop: null, deep: { b: null, c: 3 } } }),
    status: 200,
    body: (body: { customFields: object }) => expect(body.customFields).toEqual({ keep: 1, deep: { a: 1, c: 3 } }),
    events: ['ticket.updated'],
  },
  {
    name: 'OK: null returns an optional field to its default',
    given: opened({ assignedToId: 'sam', externalId: 'patch-1', tags: ['a'], customFields: { a: 1 } }),
    send: (given) => patch(at(given), { assignedToId: null, externalId: null, tags: null, customFields: null }),
    status: 200,
    body: { assignedToId: null, externalId: null, tags: [], customFields: {} },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: 204 with Prefer: return=minimal',
    given: opened(),
    send: (given) => patch(at(given), { title: 'T' }, { prefer: 'respond-async, return=minimal' }),
    status: 204,
    headers: { etag: '"v2-d0"', 'preference-applied': 'return=minimal', 'content-type': null },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: the same status again is no change',
    given: opened(),
    send: (given) => patch(at(given), { status: 'NEW' }),
    status: 200,
    headers: { etag: '"v1-d0"' },
  },
  {
    name: 'OK: RESOLVED sets resolvedAt, and reopening removes it',
    given: async (send) => {
      const ticket = await opened()(send);
      const resolved = await send(patch(at(ticket), { status: 'RESOLVED' }));
      expect(resolved.body.resolvedAt).toMatch(/Z$/);
      return ticket;
    },
    send: (given) => patch(at(given), { status: 'OPEN' }),
    status: 200,
    body: { resolvedAt: null },
    events: ['ticket.status_changed'],
  },
  {
    name: 'OK: If-Match with several ETags',
    given: opened(),
    send: (given) => patch(at(given), { title: 'T' }, { 'if-match': '"v7", "v1-d3"' }),
    status: 200,
    events: ['ticket.updated'],
  },
  {
    name: 'OK: an ETag that a compressing proxy has weakened still names its version',
    given: opened(),
    send: (given) => patch(at(given), { title: 'T' }, { 'if-match': 'W/"v1-d0"' }),
    status: 200,
    events: ['ticket.updated'],
  },
  {
    name: 'OK: an address as assignee is the user who has it',
    given: async (send) => {
      await send(post('/users', { id: 'patch-agent', email: 'patch.agent@example.com', role: 'agent' }));
      return opened()(send);
    },
    send: (given) => patch(at(given), { assignedToId: 'patch.agent@example.com' }),
    status: 200,
    body: { assignedToId: 'patch-agent' },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: the address of the present assignee is no change',
    given: async (send) => {
      await send(post('/users', { id: 'same-agent', email: 'same.agent@example.com', role: 'agent' }));
      return opened({ assignedToId: 'same-agent' })(send);
    },
    send: (given) => patch(at(given), { assignedToId: 'same.agent@example.com' }),
    status: 200,
    body: { assignedToId: 'same-agent', version: 1 },
  },
  {
    name: 'precondition_failed: a weak ETag of another version',
    given: opened(),
    send: (given) => patch(at(given), { title: 'T' }, { 'if-match': 'W/"v2-d0"' }),
    status: 412,
    problem: 'precondition_failed',
  },
  {
    name: 'OK: If-Match with a comma in a tag, and with empty elements',
    given: opened(),
    send: (given) => patch(at(given), { title: 'T' }, { 'if-match': ', "a,b" ,, "v1",' }),
    status: 200,
    events: ['ticket.updated'],
  },
  {
    name: 'invalid_request: If-Match with a tag without its second quotation mark',
    given: opened(),
    send: (given) => patch(at(given), { title: 'T' }, { 'if-match': '"v1", "v2' }),
    status: 400,
    errors: ['/header/If-Match invalid_format'],
  },
  {
    name: 'invalid_request: the other field names are for new tickets only',
    given: opened(),
    send: (given) => patch(at(given), { subject: 'T', category: 'x' }),
    status: 400,
    errors: ['/subject unknown_field', '/category unknown_field'],
  },
  {
    name: 'invalid_request: required fields cannot be removed, unknown ones not even with null',
    given: opened(),
    send: (given) => patch(at(given), { title: null, nope: null, priority: 'urgent' }),
    status: 400,
    errors: ['/title required', '/priority invalid_value', '/nope unknown_field'],
  },
  {
    name: 'read_only',
    given: opened(),
    send: (given) => patch(at(given), { id: 'tkt_other', updatedAt: '2020-01-01T00:00:00.000Z' }),
    status: 400,
    problem: 'read_only',
    errors: ['/id read_only', '/updatedAt read_only'],
  },
  {
    name: 'illegal_transition: CLOSED is final',
    given: opened({ status: 'CLOSED' }),
    send: (given) => patch(at(given), { status: 'OPEN' }),
    status: 409,
    problem: 'illegal_transition',
    body: { allowed: [] },
  },
  {
    name: 'OK: a CLOSED ticket can still be tagged',
    given: opened({ status: 'CLOSED' }),
    send: (given) => patch(at(given), { tags: ['later'] }),
    status: 200,
    events: ['ticket.updated'],
  },
  {
    name: 'unsupported_media_type',
    given: opened(),
    send: (given) => patch(at(given), '{}', { 'content-type': 'text/plain' }),
    status: 415,
    problem: 'unsupported_media_type',
  },
];

export const deleting: readonly ApiRow[] = [
  {
    name: 'OK',
    given: opened(),
    send: (given) => remove(at(given), { 'if-match': '"v1"' }),
    status: 204,
    events: ['ticket.deleted'],
  },
  {
    name: 'precondition_failed: nothing is deleted',
    given: opened(),
    send: (given) => remove(at(given), { 'if-match': '"v2"' }),
    status: 412,
  },
  {
    name: 'not_found: the second time',
    given: async (send) => {
      const ticket = await opened()(send);
      await send(remove(at(ticket)));
      return ticket;
    },
    send: (given) => remove(at(given)),
    status: 404,
  },
  {
    name: 'restoring: OK, unchanged, also by number',
    given: async (send) => {
      const ticket = await opened({ tags: ['a'], externalId: 'restore-1' })(send);
      await send(remove(at(ticket)));
      return ticket;
    },
    send: (given) => post(`/tickets/${given.body.number}/restore`),
    status: 200,
    headers: { etag: '"v3-d0"' },
    body: { title: 'Printer', tags: ['a'], externalId: 'restore-1', version: 3 },
    events: ['ticket.restored'],
  },
  {
    name: 'restoring: a ticket that is not deleted stays unchanged',
    given: opened(),
    send: (given) => post(at(given, '/restore')),
    status: 200,
    headers: { etag: '"v1-d0"' },
  },
  {
    name: 'restoring: invalid_request, a body with fields',
    given: opened(),
    send: (given) => post(at(given, '/restore'), { x: 1 }),
    status: 400,
    errors: ['/x unknown_field'],
  },
  {
    name: 'restoring: OK, an empty object',
    given: opened(),
    send: (given) => post(at(given, '/restore'), {}),
    status: 200,
  },
  { name: 'restoring: not_found', send: post('/tickets/nope/restore'), status: 404 },
];

export const conversing: readonly ApiRow[] = [
  {
    name: 'OK: a reply by the caller',
    given: opened(),
    send: (given) => post(at(given, '/messages'), { body: 'Hello\n👋' }),
    status: 201,
    headers: { location: /^\/v1\/tickets\/tkt_\w+\/messages\/msg_\w+$/, etag: '"v1"' },
    body: { kind: 'reply', body: 'Hello\n👋', authorId: 'usr_admin', externalId: null },
    events: ['message.added'],
  },
  {
    name: 'OK: a note on behalf of another user',
    given: opened(),
    send: (given) =>
      post(at(given, '/messages'), { kind: 'NOTE', body: 'Hm', authorId: 'note-author', externalId: 'm1' }),
    status: 201,
    body: { kind: 'note', authorId: 'note-author', externalId: 'm1' },
    events: ['user.created', 'message.added'],
  },
  {
    name: 'OK: a customer’s reply opens a RESOLVED ticket',
    given: opened({ reporterId: 'cust', status: 'RESOLVED' }),
    send: (given) => post(at(given, '/messages'), { body: 'Not solved', authorId: 'cust' }),
    status: 201,
    events: ['message.added', 'ticket.status_changed'],
  },
  {
    name: 'OK: an agent’s reply or a customer’s note does not open it',
    given: async (send) => {
      const ticket = await opened({ reporterId: 'cust', status: 'RESOLVED' })(send);
      await send(post(at(ticket, '/messages'), { kind: 'note', body: 'x', authorId: 'cust' }));
      return ticket;
    },
    send: (given) => post(at(given, '/messages'), { body: 'Solved' }),
    status: 201,
    events: ['message.added'],
  },
  {
    name: 'ticket_closed',
    given: opened({ status: 'CLOSED' }),
    send: (given) => post(at(given, '/messages'), { body: 'Hello?' }),
    status: 409,
    problem: 'ticket_closed',
  },
  {
    name: 'external_id_taken: on the same ticket, names the message',
    given: async (send) => {
      const ticket = await opened()(send);
      await send(post(at(ticket, '/messages'), { body: 'a', externalId: 'e1' }));
      return ticket;
    },
    send: (given) => post(at(given, '/messages'), { body: 'b', externalId: 'e1' }),
    status: 409,
    problem: 'external_id_taken',
    body: { messageId: expect.stringMatching(/^msg_/) },
  },
  {
    name: 'invalid_request',
    given: opened(),
    send: (given) => post(at(given, '/messages'), { kind: 'shout', text: 'a' }),
    status: 400,
    errors: ['/kind invalid_value', '/body required', '/text unknown_field'],
  },
  { name: 'not_found: the ticket', send: post('/tickets/nope/messages', { body: 'a' }), status: 404 },
  {
    name: 'reading one: OK',
    given: async (send) => {
      const ticket = await opened()(send);
      return send(post(at(ticket, '/messages'), { body: 'a' }));
    },
    send: (given) => get(given.headers.get('location') ?? ''),
    status: 200,
    body: (body: object, given: object) => expect(body).toEqual(given),
  },
  {
    name: 'reading one: not_found under another ticket',
    given: async (send) => {
      const [ticket, other] = [await opened()(send), await opened()(send)];
      const message = await send(post(at(ticket, '/messages'), { body: 'a' }));
      return { ...message, body: { id: other.body.id, message: message.body.id } };
    },
    send: (given) => get(at(given, `/messages/${given.body.message}`)),
    status: 404,
  },
  {
    name: 'listing: newest first, oldest first on request',
    given: async (send) => {
      const ticket = await opened()(send);
      for (const body of ['a', 'b', 'c']) await send(post(at(ticket, '/messages'), { body }));
      const newest = await send(get(at(ticket, '/messages')));
      expect(newest.body.map((one: { body: string }) => one.body)).toEqual(['c', 'b', 'a']);
      return ticket;
    },
    send: (given) => get(at(given, '/messages?sort=createdAt&limit=2')),
    status: 200,
    headers: { link: /^<\/v1\/tickets\/tkt_\w+\/messages\?sort=createdAt&limit=2&cursor=[^>]+>; rel="next"$/ },
    body: (body: { body: string }[]) => expect(body.map((one) => one.body)).toEqual(['a', 'b']),
  },
  {
    name: 'listing: invalid_cursor, a cursor of another ticket',
    given: async (send) => {
      const [one, other] = [await opened()(send), await opened()(send)];
      for (const body of ['a', 'b']) await send(post(at(one, '/messages'), { body }));
      const page = await send(get(at(one, '/messages?limit=1')));
      return { ...page, body: other.body };
    },
    send: (given) => get(at(given, `/messages?limit=1&${/cursor=[^>]+/.exec(given.headers.get('link') ?? '')?.[0]}`)),
    status: 400,
    problem: 'invalid_cursor',
  },
  {
    name: 'history: the actor, the field, the old value and the new value',
    given: async (send) => {
      const ticket = await opened()(send);
      await send(patch(at(ticket), { title: 'T', priority: 'LOW', status: 'OPEN', assignedToId: 'sam' }));
      await send(post(at(ticket, '/messages'), { kind: 'note', body: 'secret note' }));
      await send(remove(at(ticket)));
      await send(post(at(ticket, '/restore')));
      return ticket;
    },
    send: (given) => get(at(given, '/history?sort=createdAt')),
    status: 200,
    lacks: ['secret note'],
    body: [
      { sequence: 1, type: 'ticket.created', actorId: 'usr_admin', changes: [] },
      { sequence: 2, type: 'ticket.status_changed', changes: [{ field: 'status', from: 'NEW', to: 'OPEN' }] },
      {
        sequence: 3,
        type: 'ticket.updated',
        changes: [
          { field: 'priority', from: 'MEDIUM', to: 'LOW' },
          { field: 'assignedToId', from: null, to: 'sam' },
          { field: 'title', from: 'Printer', to: 'T' },
        ],
      },
      { sequence: 4, type: 'message.added', messageId: expect.stringMatching(/^msg_/) },
      { sequence: 5, type: 'ticket.deleted' },
      { sequence: 6, type: 'ticket.restored' },
    ],
  },
];

export const listing: readonly ApiRow[] = [
  {
    name: 'OK: a row leaves out the long fields',
    given: async (send) => {
      await opened()(send);
      return opened({ description: 'x'.repeat(500), customFields: { a: 'hidden' } })(send);
    },
    send: get('/tickets?limit=1'),
    status: 200,
    headers: { link: /rel="next"/ },
    body: [{ description: 'x'.repeat(280), descriptionTruncated: true, triage: null }],
    lacks: ['hidden', 'customFields'],
  },
  {
    name: 'OK: filters in upper or lower case, several values by comma',
    given: opened({ status: 'OPEN', priority: 'CRITICAL', tags: ['list-1'] }),
    send: get('/tickets?status=open,NEW&priority=critical&tag=list-1,other&sort=-updatedAt'),
    status: 200,
    body: (body: { id: string }[], given: { id: string }) => expect(body.map(({ id }) => id)).toEqual([given.id]),
  },
  ...['reporterId=%', 'assignedToId=%', 'status=OPEN', 'priority=LOW', 'type=QUESTION'].flatMap((filter) =>
    ['', '&sort=-updatedAt'].map(
      (sort): ApiRow => ({
        name: `OK: the latest first, by ${filter}${sort}`,
        given: async (send) => {
          const person = (await send(post('/users', { name: 'Kim' }))).body.id;
          await opened()(send);
          const fields = { status: 'OPEN', priority: 'LOW', type: 'QUESTION', reporterId: person };
          return opened({ ...fields, assignedToId: person })(send);
        },
        send: (given) => get(`/tickets?limit=1&${filter.replace('%', given.body.reporterId)}${sort}`),
        status: 200,
        body: (body: { id: string }[], given: { id: string }) => expect(body.map(({ id }) => id)).toEqual([given.id]),
      }),
    ),
  ),
  {
    name: 'OK: an empty list if nothing matches',
    send: get('/tickets?tag=nobody-has-this'),
    status: 200,
    headers: { link: null },
    body: [],
  },
  {
    name: 'OK: updatedSince as a client prints it that does not encode a plus sign',
    send: get('/tickets?sort=updatedAt&updatedSince=2999-01-01T00:00:00.000000+00:00'),
    status: 200,
    body: [],
  },
  {
    name: 'OK: updatedSince with a zone',
    send: get(`/tickets?sort=updatedAt&updatedSince=${encodeURIComponent('2999-01-01T00:00:00+02:00')}`),
    status: 200,
    body: [],
  },
  ...['status=NEW&status=OPEN', 'status[]=NEW&status[]=OPEN', 'status%5B%5D=new,open', 'status=NEW&status[]=OPEN'].map(
    (query): ApiRow => ({
      name: `OK: a list written as ${query}`,
      given: opened({ status: 'OPEN', tags: ['list-spelling'] }),
      send: get(`/tickets?tag=list-spelling&${query}`),
      status: 200,
      body: (body: { status: string }[]) => expect(body.map(({ status }) => status)).toContain('OPEN'),
    }),
  ),
  {
    name: 'invalid_request: brackets at a parameter that is not a list',
    send: get('/tickets?limit[]=2'),
    status: 400,
    errors: ['/query/limit[] unknown_parameter'],
  },
  {
    name: 'OK: the next page of a query with a question mark',
    given: async (send) => {
      for (const title of ['a', 'b']) await opened({ title, tags: ['why?'] })(send);
      return send(get('/tickets?tag=why?&limit=1'));
    },
    send: (given) => get(/<(.*)>/.exec(given.headers.get('link') ?? '')?.[1] ?? 'missing'),
    status: 200,
    body: [{ tags: ['why?'], title: 'a' }],
  },
  {
    name: 'invalid_request: problems of all parameters at once',
    send: get(
      '/tickets?limit=101&sort=title&status=DONE,open&updatedSince=yesterday&page=2&tag=a&tag=b&cursor=a&cursor=b',
    ),
    status: 400,
    errors: [
      '/query/page unknown_parameter',
      '/query/cursor repeated',
      '/query/limit too_large',
      '/query/sort invalid_value',
      '/query/status/0 invalid_value',
      '/query/updatedSince invalid_format',
    ],
  },
  { name: 'invalid_request: a limit of zero', send: get('/tickets?limit=0'), status: 400 },
  {
    name: 'invalid_request: a limit that is not a number',
    send: get('/tickets?limit=ten'),
    status: 400,
    errors: ['/query/limit wrong_type'],
  },
  { name: 'invalid_cursor: made up', send: get('/tickets?cursor=abc'), status: 400, problem: 'invalid_cursor' },
  {
    name: 'invalid_cursor: a cursor of another query',
    given: async (send) => {
      for (let i = 0; i < 3; i++) await opened()(send);
      return send(get('/tickets?limit=1'));
    },
    send: (given) => get(`/tickets?status=NEW&${/cursor=[^>]+/.exec(given.headers.get('link') ?? '')?.[0]}`),
    status: 400,
    problem: 'invalid_cursor',
  },
  {
    name: 'OK: the limit may differ between pages',
    given: async (send) => {
      for (let i = 0; i < 3; i++) await opened()(send);
      return send(get('/tickets?limit=1'));
    },
    send: (given) => get(`/tickets?limit=2&${/cursor=[^>]+/.exec(given.headers.get('link') ?? '')?.[0]}`),
    status: 200,
    body: (body: unknown[]) => expect(body).toHaveLength(2),
  },
];
