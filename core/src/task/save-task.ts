import { receiptOf } from '../kernel/index.ts';
import type { TaskDeps } from './deps.ts';
import type { TaskEventType } from './events.ts';
import type { Task, TaskRecord } from './task.ts';

/** Saves the changed task with an event of this type. `before` is absent for a new task. */
export async function saveTask(
  { ctx, tasks }: TaskDeps,
  before: TaskRecord | undefined,
  task: Task,
  type: TaskEventType,
  changed: readonly string[],
): Promise<TaskRecord> {
  const organizationId = ctx.actor.organizationId;
  const record = { organizationId, task };
  await tasks.save({
    record,
    ...(before === undefined ? {} : { before }),
    ...(type === 'task.deleted' ? { remove: true } : {}),
    event: {
      id: ctx.newId('evt'),
      type,
      organizationId,
      subject: task.id,
      sequence: task.version,
      time: task.updatedAt,
      actorId: ctx.actor.userId,
      data: { ticketId: task.ticketId, done: task.done, changed },
    },
    ...receiptOf(ctx, record),
  });
  return record;
}
