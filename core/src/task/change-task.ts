import { applyPatch, checkVersion, type ExpectedVersions, receiptOf, retryStale } from '../kernel/index.ts';
import { checkTicket } from './check-ticket.ts';
import type { TaskDeps } from './deps.ts';
import { loadTask } from './load-task.ts';
import { saveTask } from './save-task.ts';
import { EDITABLE, TaskFields, type TaskRecord, withDefaults } from './task.ts';

/** PATCH: JSON Merge Patch, RFC 7396. Throws `invalid_request`, `read_only`, `precondition_failed`. */
export async function patchTask(
  deps: TaskDeps,
  id: string,
  patch: unknown,
  expected: ExpectedVersions,
): Promise<TaskRecord> {
  const { ctx, tasks } = deps;
  return retryStale(ctx, `task ${id}`, async () => {
    const before = await loadTask(deps, id, 'tasks:write');
    checkVersion(expected, before.task.version);
    const fields = withDefaults(applyPatch(TaskFields, { current: before.task, fields: EDITABLE }, patch));
    const changed = EDITABLE.filter((field) => fields[field] !== before.task[field]);
    if (changed.length === 0) {
      if (ctx.receiptFor !== undefined) {
        await tasks.save({ record: before, before, ...receiptOf(ctx, before) });
      }
      return before;
    }
    if (changed.includes('ticketId')) await checkTicket(deps, fields.ticketId);
    const task = { ...before.task, ...fields, updatedAt: ctx.now(), version: before.task.version + 1 };
    return saveTask(deps, before, task, 'task.updated', changed);
  });
}
