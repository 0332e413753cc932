import { requireAccess } from '../kernel/index.ts';
import { checkTicket } from './check-ticket.ts';
import type { TaskDeps } from './deps.ts';
import { saveTask } from './save-task.ts';
import { type Task, type TaskFields, type TaskRecord, withDefaults } from './task.ts';

/** Creates a task. Throws `invalid_request` if its ticket does not exist, `external_id_taken`, `forbidden`. */
export async function createTask(deps: TaskDeps, input: TaskFields): Promise<TaskRecord> {
  const { ctx } = deps;
  requireAccess(ctx, 'tasks:write');
  const fields = withDefaults(input);
  await checkTicket(deps, fields.ticketId);
  const now = ctx.now();
  const task: Task = { id: ctx.newId('tsk'), ...fields, createdAt: now, updatedAt: now, version: 1 };
  return saveTask(deps, undefined, task, 'task.created', []);
}
