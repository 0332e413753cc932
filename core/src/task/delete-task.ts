import { checkVersion, type ExpectedVersions, retryStale } from '../kernel/index.ts';
import { loadTask, saveTask, type TaskVerb } from './verb.ts';

/** Removes a task for good. Throws `not_found`, `precondition_failed`. */
export async function deleteTask(verb: TaskVerb, id: string, expected: ExpectedVersions): Promise<void> {
  const { ctx } = verb;
  await retryStale(ctx, `task ${id}`, async () => {
    const before = await loadTask(verb, id);
    checkVersion(expected, before.task.version);
    const task = { ...before.task, updatedAt: ctx.now(), version: before.task.version + 1 };
    await saveTask(verb, before, task, 'task.deleted', []);
  });
}
