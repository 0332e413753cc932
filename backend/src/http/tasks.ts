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
  ticketId: TicketId.optional(),
  done: z.boolean().optional(),
});

export const taskRoutes = [
  route({
    id: 'createTask',
    right: 'tasks:write',
    method: 'POST',
    path: '/tasks',
    body: { schema: TaskFields, kind: 'create' },
    accepts: ['Idempotency-Key'],
    successes: [{ status: 201, schema: Task }],
    problems: ['external_id_taken'],
    run: (deps, { body }) => createTask(deps, body),
    reply: (created, { path }) => taskReply(201, created, { location: `${path}/${created.task.id}` }),
  }),
  route({
    id: 'listTasks',
    right: 'tasks:read',
    method: 'GET',
    path: '/tasks',
    query: TaskListQuery,
    successes: [{ status: 200, schema: z.array(Task) }],
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
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: Task }],
    problems: ['not_found'],
    run: (deps, { params }) => readTask(deps, params.taskId ?? ''),
    reply: (found) => taskReply(200, found),
  }),
  route({
    id: 'patchTask',
    right: 'tasks:write',
    method: 'PATCH',
    path: '/tasks/{taskId}',
    body: { schema: TaskFields, kind: 'merge' },
    accepts: ['If-Match', 'Idempotency-Key', 'Prefer'],
    successes: [{ status: 200, schema: Task }, { status: 204 }],
    problems: ['not_found', 'read_only', 'precondition_failed', 'external_id_taken'],
    run: (deps, { params, body, expected }) => patchTask(deps, params.taskId ?? '', body, expected),
    reply: (changed, call) => preferredReply(call, taskReply(200, changed)),
  }),
  route({
    id: 'deleteTask',
    right: 'tasks:write',
    method: 'DELETE',
    path: '/tasks/{taskId}',
    accepts: ['If-Match'],
    successes: [{ status: 204 }],
    problems: ['not_found', 'precondition_failed'],
    run: (deps, { params, expected }) => deleteTask(deps, params.taskId ?? '', expected),
    reply: () => empty(204),
  }),
];

function taskReply(status: number, { task }: TaskRecord, headers: Record<string, string> = {}): Reply {
  return json(status, task, { etag: etagOf(task.version), ...headers });
}
