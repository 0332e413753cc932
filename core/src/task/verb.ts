import { admit, type Context, invalid, isStaff, notFound, receiptOf } from '../kernel/index.ts';
import type { TaskEventType } from './events.ts';
import type { TaskStore, TicketLookup } from './ports.ts';
import type { Task, TaskRecord } from './task.ts';

/** What every task verb is given. */
export interface TaskVerb {
  readonly ctx: Context;
  readonly tasks: TaskStore;
  readonly tickets: TicketLookup;
}

/** Throws `not_found`, `forbidden`. For customers there are no tasks. */
export async function loadTask({ ctx, tasks }: TaskVerb, id: string): Promise<TaskRecord> {
  const found = isStaff(ctx.actor) ? await tasks.find(ctx.actor.organizationId, id) : undefined;
  if (found === undefined) throw notFound('task', id);
  admit(ctx);
  return found;
}

/** Throws `invalid_request` when a task is to belong to a ticket that is not there. */
export async function checkTicket({ ctx, tickets }: TaskVerb, ticketId: string | null): Promise<void> {
  if (ticketId === null || (await tickets.exists(ctx.actor.organizationId, ticketId))) return;
  throw invalid([{ pointer: '/ticketId', code: 'unknown_ticket', message: `There is no ticket ${ticketId}.` }]);
}

/** Saves a task as it is after the event; `before` is absent for a new one. */
export async function saveTask(
  { ctx, tasks }: TaskVerb,
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
