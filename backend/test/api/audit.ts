import { expect } from 'vitest';
import { get, patch, post, remove } from './host.ts';
import type { ApiRow } from './table.ts';

interface Entry {
  readonly action: string;
  readonly subjectId: string;
  readonly details: object;
}

const seen = (body: readonly Entry[]) => body.map(({ action, subjectId, details }) => [action, subjectId, details]);

export const audit: readonly ApiRow[] = [
  {
    name: 'OK: changes of rights, newest first',
    given: async (send) => {
      await send(post('/users', { id: 'kim', name: 'Kim', email: 'kim@example.com' }));
      await send(patch('/users/kim', { name: 'Kim K.' }));
      await send(patch('/users/kim', { role: 'agent' }));
      await send(patch('/users/kim', { active: false }));
      await send(patch('/users/kim', { active: true }));
      await send(get('/users/kim/export'));
      return send(remove('/users/kim'));
    },
    send: get('/v1/audit'),
    status: 200,
    body: (body: readonly Entry[]) => {
      expect(seen(body).slice(0, 5)).toEqual([
        ['user.erased', 'kim', {}],
        ['user.exported', 'kim', {}],
        ['user.activated', 'kim', {}],
        ['user.deactivated', 'kim', {}],
        ['user.role_changed', 'kim', { from: 'customer', to: 'agent' }],
      ]);
      expect(body[0]).toMatchObject({ actorId: 'usr_admin', requestId: expect.stringMatching(/^req_/) });
    },
    lacks: ['kim@example.com', 'Kim K.'],
  },
  {
    name: 'OK: page by page, oldest first',
    send: get('/v1/audit?sort=createdAt&limit=2'),
    status: 200,
    headers: { link: /rel="next"/ },
    body: (body: unknown[]) => expect(body).toHaveLength(2),
  },
  { name: 'method_not_allowed: callers cannot change it', send: remove('/v1/audit'), status: 405 },
];
