import { expect } from 'vitest';
import { type ApiHost, get, patch, post, remove } from './host.ts';
import type { ApiRow } from './table.ts';

const created =
  (fields: object = {}) =>
  (send: ApiHost['send']) =>
    send(post('/tasks', { title: 'Call back', ...fields }));
const at = (given: { body: { id: string } }) => `/tasks/${given.body.id}`;

export const tasks: readonly ApiRow[] = [
  {
    name: 'creating: OK, in the format of S1',
    send: post('/tasks', { title: 'Learn', description: 'Terraform' }),
    status: 201,
    headers: { location: /^\/tasks\/tsk_\w+$/, etag: '"v1"' },
    body: { title: 'Learn', description: 'Terraform', done: false, ticketId: null, version: 1 },
    events: ['task.created'],
  },
  {
    name: 'creating: OK, on a ticket',
    given: (send) => send(post('/tickets', { title: 'T' })),
    send: (given) => post('/v1/tasks', { title: 'T', ticketId: given.body.id }),
    status: 201,
    body: { ticketId: expect.stringMatching(/^tkt_/) },
    events: ['task.created'],
  },
  {
    name: 'creating: invalid_request',
    send: post('/tasks', { description: 7, done: 'no', due: 'now' }),
    status: 400,
    errors: ['/title required', '/description wrong_type', '/done wrong_type', '/due unknown_field'],
  },
  {
    name: 'creating: invalid_request for a missing ticket',
    send: post('/tasks', { title: 'T', ticketId: 'tkt_nope' }),
    status: 400,
    errors: ['/ticketId unknown_ticket'],
  },
  {
    name: 'creating: external_id_taken',
    given: created({ externalId: 'task-1' }),
    send: post('/tasks', { title: 'T', externalId: 'task-1' }),
    status: 409,
    problem: 'external_id_taken',
    body: { taskId: expect.stringMatching(/^tsk_/) },
  },
  {
    name: 'reading: OK',
    given: created(),
    send: (given) => get(at(given)),
    status: 200,
    body: (body: object, given: object) => expect(body).toEqual(given),
  },
  { name: 'reading: not_found', send: get('/tasks/tsk_nope'), status: 404, problem: 'not_found' },
  { name: 'reading: 304', given: created(), send: (given) => get(at(given), { 'if-none-match': '"v1"' }), status: 304 },
  {
    name: 'listing: OK, by done',
    given: created({ done: true }),
    send: get('/tasks?done=true'),
    status: 200,
    body: (body: { id: string; done: boolean }[], given: { id: string }) => {
      expect(body[0]?.id).toBe(given.id);
      expect(body.every(({ done }) => done)).toBe(true);
    },
  },
  {
    name: 'listing: OK, all tasks, latest first',
    given: created(),
    send: get('/tasks?limit=1'),
    status: 200,
    body: (body: { id: string }[], given: { id: string }) => expect(body.map(({ id }) => id)).toEqual([given.id]),
  },
  { name: 'listing: OK, by a ticket without tasks', send: get('/tasks?ticketId=tkt_nope'), status: 200, body: [] },
  {
    name: 'listing: invalid_request',
    send: get('/tasks?done=perhaps'),
    status: 400,
    errors: ['/query/done wrong_type'],
  },
  {
    name: 'patching: OK',
    given: created(),
    send: (given) => patch(at(given), { done: true }, { 'if-match': '"v1"' }),
    status: 200,
    headers: { etag: '"v2"' },
    body: { done: true, title: 'Call back' },
    events: ['task.updated'],
  },
  {
    name: 'patching: precondition_failed',
    given: created(),
    send: (given) => patch(at(given), { done: true }, { 'if-match': '"v3"' }),
    status: 412,
  },
  {
    name: 'patching: read_only',
    given: created(),
    send: (given) => patch(at(given), { version: 8 }),
    status: 400,
    problem: 'read_only',
  },
  { name: 'deleting: OK', given: created(), send: (given) => remove(at(given)), status: 204, events: ['task.deleted'] },
  {
    name: 'deleting: is final',
    given: async (send) => {
      const task = await created()(send);
      await send(remove(at(task)));
      return task;
    },
    send: (given) => get(at(given)),
    status: 404,
  },
];
