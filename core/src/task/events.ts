import type { EventEnvelope } from '../kernel/index.ts';

export const TASK_EVENTS = ['task.created', 'task.updated', 'task.deleted'] as const;
export type TaskEventType = (typeof TASK_EVENTS)[number];

/** The sequence of a task's event is the task's version after it. */
export type TaskEvent = EventEnvelope<
  TaskEventType,
  { readonly ticketId: string | null; readonly done: boolean; readonly changed: readonly string[] }
>;
