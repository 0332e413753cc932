import * as z from 'zod';
import { CurlewError, ExternalId, keysOf, line, PROSE_CHARACTERS, prose, TITLE_CHARACTERS } from '../kernel/index.ts';

declare module '../kernel/ids.ts' {
  interface IdPrefixes {
    tsk: 'task';
  }
}

/**
 * A piece of work for the staff of an organization, such as calling a customer back. It may belong to a ticket.
 * Customers never see tasks.
 */
export const Task = z.object({
  id: z.string(),
  ticketId: z.string().nullable(),
  externalId: z.string().nullable(),
  title: z.string(),
  description: z.string(),
  done: z.boolean(),
  createdAt: z.string().meta({ format: 'date-time' }),
  updatedAt: z.string().meta({ format: 'date-time' }),
  version: z.int().min(1),
});
export type Task = z.infer<typeof Task>;

/** A task as a store saves it. */
export interface TaskRecord {
  readonly organizationId: string;
  readonly task: Task;
}

export const TicketId = z.string().min(1).max(64);

const fields = {
  ticketId: TicketId.nullable().optional(),
  externalId: ExternalId.nullable().optional(),
  title: line(1, TITLE_CHARACTERS),
  description: prose(0, PROSE_CHARACTERS).optional(),
  done: z.boolean().optional(),
};

/** The fields of a task that people set. Only the title is required. */
export const TaskFields = z.strictObject(fields);
export type TaskFields = z.infer<typeof TaskFields>;
export const EDITABLE = keysOf(fields);

export type EditableFields = Pick<Task, keyof TaskFields>;

export function withDefaults(given: TaskFields): EditableFields {
  return {
    ticketId: given.ticketId ?? null,
    externalId: given.externalId ?? null,
    title: given.title,
    description: given.description ?? '',
    done: given.done ?? false,
  };
}

export function taskExternalIdTaken(taskId: string): CurlewError {
  return new CurlewError('external_id_taken', `Task ${taskId} has this externalId already.`, { details: { taskId } });
}
