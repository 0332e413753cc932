import { Task } from '@curlew/core/task';
import type { taskRoutes } from '../../http/tasks.ts';
import { IDS, task } from './example-data.ts';
import { get, patch, post, remove } from './test-request.ts';
import { type OperationTexts, type PathParameters, type SchemaName, textsOf } from './text-types.ts';

export const tasksOperations = {
  createTask: {
    summary: 'Create a task',
    description: 'A task with a `ticketId` belongs to that ticket; without it the task stands alone.',
    successes: ['The task.'],
    examples: {
      bodies: {
        'On its own': { title: 'Order new headsets', description: 'Three, for the people who start in April.' },
        'On a ticket': { title: task.title, ticketId: IDS.ticket },
      },
      answers: { 201: { 'A new task': task } },
    },
    access: ['tasks:write', 'none', 'none', 'all', 'all', 'all'],
    request: { send: () => post('/v1/tasks', { title: 'T' }) },
  },
  listTasks: {
    summary: 'List tasks',
    query: {
      ticketId: "The ticket's id, not its number.",
      done: '`true` lists only the tasks that are done, `false` only the open tasks.',
    },
    successes: ['A page of tasks.'],
    examples: {
      query: { limit: 50, sort: 'createdAt', ticketId: IDS.ticket, done: false },
      answers: { 200: { 'One task': [task] } },
    },
    access: ['tasks:read', 'none', 'none', 'all', 'all', 'all'],
    request: { send: () => get('/v1/tasks') },
  },
  getTask: {
    summary: 'Read a task',
    successes: ['The task.'],
    examples: { answers: { 200: { 'A task': task } } },
    access: ['tasks:read', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'task', send: ({ task }) => get(`/v1/tasks/${task}`) },
  },
  patchTask: {
    summary: 'Change parts of a task',
    description: 'The body is a JSON Merge Patch (RFC 7396): null returns an optional field to its default.',
    successes: ['The task after the change.', 'Changed; the answer to `Prefer: return=minimal`.'],
    examples: {
      bodies: { 'Complete the task': { done: true }, 'Remove the task from the ticket': { ticketId: null } },
      answers: { 200: { 'The task': { ...task, done: true, updatedAt: '2026-03-03T10:30:51.209Z', version: 2 } } },
    },
    access: ['tasks:write', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'task', send: ({ task }) => patch(`/v1/tasks/${task}`, { title: 'New' }) },
  },
  deleteTask: {
    summary: 'Delete a task',
    description: 'Permanent: a deleted task cannot be restored.',
    successes: ['Deleted.'],
    access: ['tasks:write', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'task', send: ({ task }) => remove(`/v1/tasks/${task}`) },
  },
} as const satisfies OperationTexts<typeof taskRoutes>;

export const tasksSchemas = [
  textsOf(Task, {
    ticketId: 'The id of the ticket that the task belongs to, if any.',
    externalId: "The caller's own id, unique in the organization.",
  }),
];

export const tasksParameters: PathParameters = {
  taskId: { description: "The task's id.", schema: { type: 'string' }, example: IDS.task },
};

export const tasksNames: readonly SchemaName[] = [[Task, 'Task', 'A to-do, alone or on a ticket.']];

export const tasksBodies = {
  NewTask: 'A title is enough. By default the task is not done, and belongs to no ticket.',
};
