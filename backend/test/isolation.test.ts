import { createTask, deleteTask, listTasks, patchTask, readTask } from '@curlew/core/task';
import {
  addMessage,
  createTicket,
  deleteTicket,
  listHistory,
  listMessages,
  listTickets,
  patchTicket,
  readTicket,
  restoreTicket,
} from '@curlew/core/ticket';
import { createUser, deleteUser, listUsers, patchUser, readUser } from '@curlew/core/user';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  foundOrganization,
  openDatabase,
  sqliteTaskStore,
  sqliteTicketStore,
  sqliteUserStore,
} from '../src/adapters/sqlite/index.ts';
import { peopleOf } from '../src/hosts/people.ts';
import { contextOf } from './context.ts';

const ORGANIZATIONS = ['org_a', 'org_b'] as const;

async function start() {
  const database = openDatabase(':memory:');
  for (const id of ORGANIZATIONS) {
    await foundOrganization(database, { id, name: id, adminId: 'usr_admin' }, '2026-01-01T00:00:00.000Z');
  }
  const tickets = sqliteTicketStore(database);
  const tasks = sqliteTaskStore(database);
  const users = sqliteUserStore(database);
  const people = peopleOf(users);
  const exists = async (organizationId: string, id: string) => (await tickets.find(organizationId, id)) !== undefined;
  const verb = (organizationId: string) => ({
    ctx: contextOf(organizationId),
    tickets: Object.assign(Object.create(null), tickets, { exists }),
    tasks,
    users,
    people,
  });
  return { database, verb };
}

type Verb = ReturnType<Awaited<ReturnType<typeof start>>['verb']>;

// Every operation is tried with ids that may belong to the other organization.
const OPERATIONS: readonly ((verb: Verb, mark: string, id: string, any: number) => Promise<unknown>)[] = [
  (verb, mark, _, any) =>
    createTicket(verb, {
      title: mark,
      tags: [mark],
      email: `${mark}@example.com`,
      externalId: `same-${any % 5}`,
    }),
  (verb, mark) => createTask(verb, { title: mark }),
  (verb, mark, _, any) => createUser(verb, { id: `user-${any % 5}`, name: mark }),
  (verb, mark, id, any) => addMessage(verb, id, { body: mark, authorId: `user-${any % 5}` }),
  (verb, mark, id) => patchTicket(verb, id, { title: mark }, undefined),
  (verb, _, id) => deleteTicket(verb, id, undefined),
  (verb, _, id) => restoreTicket(verb, id),
  (verb, _, id) => readTicket(verb, id),
  (verb, _, id) => listMessages(verb, id, { limit: 100, sort: 'createdAt' }),
  (verb, _, id) => listHistory(verb, id, { limit: 100, sort: 'createdAt' }),
  (verb, mark, id) => createTask(verb, { title: mark, ticketId: id }),
  (verb, mark, id) => patchTask(verb, id, { title: mark }, undefined),
  (verb, _, id) => readTask(verb, id),
  (verb, _, id) => deleteTask(verb, id, undefined),
  (verb, mark, id) => patchUser(verb, id, { name: mark }, undefined),
  (verb, _, id) => readUser(verb, id),
  (verb, _, id) => deleteUser(verb, id, undefined),
  (verb) => listTickets(verb, { limit: 100, sort: '-createdAt', filters: {} }),
  (verb, mark) => listTickets(verb, { limit: 100, sort: 'updatedAt', filters: { tag: [mark, otherMark(mark)] } }),
  (verb) => listTasks(verb, { limit: 100, sort: '-createdAt' }),
  (verb) => listUsers(verb, { limit: 100, sort: '-createdAt' }),
];

const markOf = (organizationId: string) => `mark-of-${organizationId}`;
const otherMark = (mark: string) => markOf(mark === markOf('org_a') ? 'org_b' : 'org_a');

it('two organizations never see a byte of each other, whatever they do', async () => {
  const step = fc.record({
    organization: fc.constantFrom(...ORGANIZATIONS),
    operation: fc.nat(OPERATIONS.length - 1),
    id: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const { database, verb } = await start();
      const ids = ['user-0', 'usr_admin'];
      for (const { organization, operation, id } of steps) {
        const mark = markOf(organization);
        const outcome = await OPERATIONS[operation]?.(verb(organization), mark, ids[id % ids.length] ?? '', id).catch(
          (error: Error) => ({ refused: error.message, details: (error as { details?: unknown }).details }),
        );
        const seen = JSON.stringify(outcome ?? null);
        expect(seen).not.toContain(otherMark(mark));
        for (const [, made = ''] of seen.matchAll(/"id":"((?:tkt|tsk|usr)_\w{26})"/g))
          if (!ids.includes(made)) ids.push(made);
      }
      for (const organization of ORGANIZATIONS) {
        const rows = database.db
          .prepare(
            'SELECT title AS t FROM tickets WHERE organization_id = ?1 UNION ALL SELECT name FROM users WHERE organization_id = ?1 UNION ALL SELECT title FROM tasks WHERE organization_id = ?1 UNION ALL SELECT body FROM messages WHERE organization_id = ?1',
          )
          .all(organization);
        expect(JSON.stringify(rows)).not.toContain(otherMark(markOf(organization)));
      }
      await database.close();
    }),
    { numRuns: 60 },
  );
});
