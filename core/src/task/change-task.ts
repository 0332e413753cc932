import { checkVersion, type ExpectedVersions, patched, receiptOf, retryStale } from '../kernel/index.ts';
import { EDITABLE, TaskFields, type TaskRecord, withDefaults } from './task.ts';
import { checkTicket, loadTask, saveTask, type TaskVerb } from './verb.ts';

/** PATCH: JSON Merge Patch, RFC 7396. Throws `invalid_request`, `read_only`, `precondition_failed`. */
export async function patchTask(
  verb: TaskVerb,
  id: string,
  patch: unknown,
  expected: ExpectedVersions,
): Promise<TaskRecord> {
  const { ctx, tasks } = verb;
  return retryStale(ctx, `task ${id}`, async () => {
    const before = await loadTask(verb, id);
    checkVersion(expected, before.task.version);
    const fields = withDefaults(patched(TaskFields, { current: before.task, fields: EDITABLE }, patch));
    const changed = EDITABLE.filter((field) => fields[field] !== before.task[field]);
    if (changed.length === 0) {
      if (ctx.receiptFor !== undefined) {
        await tasks.save({ record: before, before, ...receiptOf(ctx, before) });
      }
      return before;
    }
    if (changed.includes('ticketId')) await checkTicket(verb, fields.ticketId);
    const task = { ...before.task, ...fields, updatedAt: ctx.now(), version: before.task.version + 1 };
    return saveTask(verb, before, task, 'task.updated', changed);
  });
}
