import {
  createTask,
  deleteTask,
  listTasks,
  patchTask,
  readTask,
  Task,
  type TaskDeps,
  TaskFields,
  type TaskRecord,
  TicketId,
} from '@curlew/core/task';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { etagOf } from './etag.ts';
import { preferredReply } from './preferred-reply.ts';
import { creationSort, pageParameters, sortedPage } from './query.ts';
import { empty, json, type Reply } from './reply.ts';

export type TaskPorts = Omit<TaskDeps, 'ctx'>;

const route = routesFor<TaskPorts>();

const TaskListQuery = z.strictObject({
  ...pageParameters,
  sort: creationSort,
  ticketId: TicketId.optional().meta({ description: "The ticket's id, not its number." }),
  done: z.boolean().optional().meta({ description: 'Only what is done, or only what is not.' }),
});

export const taskRoutes = [
  route({
    id: 'createTask',
    right: 'tasks:write',
    method: 'POST',
    path: '/tasks',
    service: 'tasks',
    summary: 'Create a task',
    description: 'Alone, or with a ticketId on a ticket.',
    body: { schema: TaskFields, kind: 'create' },
    accepts: ['Idempotency-Key'],
    successes: [{ status: 201, description: 'The task.', schema: Task }],
    problems: ['external_id_taken'],
    run: (deps, { body }) => createTask(deps, body),
    reply: (created, { path }) => taskReply(201, created, { location: `${path}/${created.task.id}` }),
  }),
  route({
    id: 'listTasks',
    right: 'tasks:read',
    method: 'GET',
    path: '/tasks',
    service: 'tasks',
    summary: 'List tasks',
    query: TaskListQuery,
    successes: [{ status: 200, description: 'A page of tasks.', schema: z.array(Task) }],
    problems: ['invalid_cursor'],
    run: (deps, call) => {
      const { ticketId, done } = call.query;
      const filters = { ...(ticketId === undefined ? {} : { ticketId }), ...(done === undefined ? {} : { done }) };
      return listTasks(deps, { ...sortedPage(call), ...filters });
    },
    reply: (page, call) => call.paged(page),
  }),
  route({
    id: 'getTask',
    right: 'tasks:read',
    method: 'GET',
    path: '/tasks/{taskId}',
    service: 'tasks',
    summary: 'Read a task',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, description: 'The task.', schema: Task }],
    problems: ['not_found'],
    run: (deps, { params }) => readTask(deps, params.taskId ?? ''),
    reply: (found) => taskReply(200, found),
  }),
  route({
    id: 'patchTask',
    right: 'tasks:write',
    method: 'PATCH',
    path: '/tasks/{taskId}',
    service: 'tasks',
    summary: 'Change parts of a task',
    description: 'A JSON Merge Patch (RFC 7396): null returns an optional field to its default.',
    body: { schema: TaskFields, kind: 'merge' },
    accepts: ['If-Match', 'Idempotency-Key', 'Prefer'],
    successes: [
      { status: 200, description: 'The task as it is now.', schema: Task },
      { status: 204, description: 'Changed; with `Prefer: return=minimal`.' },
    ],
    problems: ['not_found', 'read_only', 'precondition_failed', 'external_id_taken'],
    run: (deps, { params, body, expected }) => patchTask(deps, params.taskId ?? '', body, expected),
    reply: (changed, call) => preferredReply(call, taskReply(200, changed)),
  }),
  route({
    id: 'deleteTask',
    right: 'tasks:write',
    method: 'DELETE',
    path: '/tasks/{taskId}',
    service: 'tasks',
    summary: 'Delete a task',
    description: 'For good.',
    accepts: ['If-Match'],
    successes: [{ status: 204, description: 'Deleted.' }],
    problems: ['not_found', 'precondition_failed'],
    run: (deps, { params, expected }) => deleteTask(deps, params.taskId ?? '', expected),
    reply: () => empty(204),
  }),
];

function taskReply(status: number, { task }: TaskRecord, headers: Record<string, string> = {}): Reply {
  return json(status, task, { etag: etagOf(task.version), ...headers });
}
