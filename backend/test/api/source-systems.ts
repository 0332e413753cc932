import { expect } from 'vitest';
import { type ApiHost, get, patch, post, put, remove } from './host.ts';
import type { ApiRow } from './table.ts';

const ticket = (send: ApiHost['send']) =>
  send(post('/v1/tickets', { title: 'VPN down', description: 'Since nine', reporterId: 'user-123' }));

/** Requests of the systems that Curlew replaces, exactly as those systems document them. */
export const sourceSystems: readonly ApiRow[] = [
  {
    name: 'support system: opens a ticket',
    send: post('/tickets', { title: 'Login issue', description: 'Cannot log in', priority: 'high' }),
    status: 201,
    body: { id: expect.any(String), status: 'NEW', priority: 'HIGH' },
    events: ['ticket.created'],
  },
  {
    name: 'support system: reads the ticket',
    given: ticket,
    send: (given) => get(`/tickets/${given.body.id}`),
    status: 200,
    body: { title: 'VPN down' },
  },
  {
    name: 'sentiment system: opens a ticket without a title',
    send: post('/tickets', { customerEmail: 'ann@example.com', description: 'The app crashes.\nEvery time.' }),
    status: 201,
    body: { title: 'The app crashes.', description: 'The app crashes.\nEvery time.' },
    events: ['user.created', 'ticket.created'],
  },
  {
    name: 'tasks: creates a task',
    send: post('/tasks', { title: 'Task', description: 'To do' }),
    status: 201,
    body: { id: expect.any(String), title: 'Task', description: 'To do' },
    events: ['task.created'],
  },
  {
    name: 'tasks: lists tasks as an array',
    send: get('/tasks'),
    status: 200,
    body: (body: unknown) => expect(Array.isArray(body)).toBe(true),
  },
  {
    name: 'tasks: deletes a task',
    given: (send) => send(post('/tasks', { title: 'Task', description: 'To do' })),
    send: (given) => remove(`/tasks/${given.body.id}`),
    status: 204,
    events: ['task.deleted'],
  },
  {
    name: 'ticket backend: creates a ticket with defaults',
    send: post('/v1/tickets', { title: 'VPN down', description: 'Since nine', reporterId: 'user-123' }),
    status: 201,
    body: { status: 'NEW', priority: 'MEDIUM', type: 'INCIDENT', reporterId: 'user-123', assignedToId: null },
    events: ['ticket.created'],
  },
  {
    name: 'ticket backend: lists tickets as an array',
    send: get('/v1/tickets'),
    status: 200,
    body: (body: unknown) => expect(Array.isArray(body)).toBe(true),
  },
  {
    name: 'ticket backend: replaces a ticket',
    given: ticket,
    send: (given) =>
      put(`/v1/tickets/${given.body.id}`, {
        title: 'VPN down in Oslo',
        description: 'Since nine',
        status: 'IN_PROGRESS',
        reporterId: 'user-123',
        assignedToId: 'agent-7',
        priority: 'CRITICAL',
        type: 'INCIDENT',
      }),
    status: 200,
    body: { status: 'IN_PROGRESS', assignedToId: 'agent-7', priority: 'CRITICAL' },
    events: ['user.created', 'ticket.status_changed', 'ticket.updated'],
  },
  {
    name: 'ticket backend: changes fields of a ticket',
    given: ticket,
    send: (given) => patch(`/v1/tickets/${given.body.id}`, { status: 'RESOLVED' }),
    status: 200,
    body: { status: 'RESOLVED', title: 'VPN down' },
    events: ['ticket.status_changed'],
  },
  {
    name: 'ticket backend: deletes a ticket',
    given: ticket,
    send: (given) => remove(`/v1/tickets/${given.body.id}`),
    status: 204,
    events: ['ticket.deleted'],
  },
  {
    name: 'users: creates a user with a given id',
    send: post('/users', { user_id: '01', name: 'Joy' }),
    status: 201,
    body: { user_id: '01', name: 'Joy' },
    events: ['user.created'],
  },
  { name: 'users: reads one by ?id=', send: get('/users?id=01'), status: 200, body: { user_id: '01', name: 'Joy' } },
];
