import { Task } from '@curlew/core/task';
import type { taskRoutes } from '../../http/tasks.ts';
import { type OperationTexts, textsOf } from './text-types.ts';

export const tasksOperations = {
  createTask: {
    summary: 'Create a task',
    description: 'Alone, or with a ticketId on a ticket.',
    successes: ['The task.'],
  },
  listTasks: {
    summary: 'List tasks',
    query: { ticketId: "The ticket's id, not its number.", done: 'Only what is done, or only what is not.' },
    successes: ['A page of tasks.'],
  },
  getTask: {
    summary: 'Read a task',
    successes: ['The task.'],
  },
  patchTask: {
    summary: 'Change parts of a task',
    description: 'A JSON Merge Patch (RFC 7396): null returns an optional field to its default.',
    successes: ['The task as it is now.', 'Changed; with `Prefer: return=minimal`.'],
  },
  deleteTask: {
    summary: 'Delete a task',
    description: 'For good.',
    successes: ['Deleted.'],
  },
} as const satisfies OperationTexts<typeof taskRoutes>;

export const tasksSchemas = [
  textsOf(Task, {
    ticketId: 'The id of the ticket that the task belongs to, if any.',
    externalId: "The caller's own id, unique in the organization.",
  }),
];
