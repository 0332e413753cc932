import { checkVersion, type ExpectedVersions, retryStale } from '../kernel/index.ts';
import type { TaskDeps } from './deps.ts';
import { loadTask } from './load-task.ts';
import { saveTask } from './save-task.ts';

/** Deletes a task; it cannot be restored. Throws `not_found`, `precondition_failed`. */
export async function deleteTask(deps: TaskDeps, id: string, expected: ExpectedVersions): Promise<void> {
  const { ctx } = deps;
  await retryStale(ctx, `task ${id}`, async () => {
    const before = await loadTask(deps, id, 'tasks:write');
    checkVersion(expected, before.task.version);
    const task = { ...before.task, updatedAt: ctx.now(), version: before.task.version + 1 };
    await saveTask(deps, before, task, 'task.deleted', []);
  });
}
