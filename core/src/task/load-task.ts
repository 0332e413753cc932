import { isStaff, notFound, requireAccess } from '../kernel/index.ts';
import type { TaskDeps } from './deps.ts';
import type { TaskRecord } from './task.ts';

/** Loads a task. Throws `not_found`, also for every task if the caller is a customer, and `forbidden`. */
export async function loadTask(
  { ctx, tasks }: TaskDeps,
  id: string,
  right: 'tasks:read' | 'tasks:write',
): Promise<TaskRecord> {
  const found = isStaff(ctx.actor) ? await tasks.find(ctx.actor.organizationId, id) : undefined;
  if (found === undefined) throw notFound('task', id);
  requireAccess(ctx, right);
  return found;
}
