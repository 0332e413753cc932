import { type Page, requireAccess } from '../kernel/index.ts';
import type { TaskDeps } from './deps.ts';
import { loadTask } from './load-task.ts';
import type { TaskQuery } from './ports.ts';
import type { Task, TaskRecord } from './task.ts';

/** Throws `not_found`. */
export function readTask(deps: TaskDeps, id: string): Promise<TaskRecord> {
  return loadTask(deps, id, 'tasks:read');
}

export async function listTasks({ ctx, tasks }: TaskDeps, query: TaskQuery): Promise<Page<Task>> {
  requireAccess(ctx, 'tasks:read');
  return tasks.list(ctx.actor.organizationId, query);
}
