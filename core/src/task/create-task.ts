import { admit } from '../kernel/index.ts';
import { type TaskFields, type TaskRecord, withDefaults } from './task.ts';
import { checkTicket, saveTask, type TaskVerb } from './verb.ts';

/** Throws `invalid_request` for a ticket that is not there, `external_id_taken`. */
export async function createTask(verb: TaskVerb, input: TaskFields): Promise<TaskRecord> {
  const { ctx } = verb;
  admit(ctx);
  const fields = withDefaults(input);
  await checkTicket(verb, fields.ticketId);
  const now = ctx.now();
  const task = { id: ctx.newId('tsk'), ...fields, createdAt: now, updatedAt: now, version: 1 };
  return saveTask(verb, undefined, task, 'task.created', []);
}
