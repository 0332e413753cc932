import { isStaff, notFound, requireAccess } from '../kernel/index.ts';
import type { TaskDeps } from './deps.ts';
import type { TaskRecord } from './task.ts';

/** Throws `not_found`, `forbidden`. For customers there are no tasks. */
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
