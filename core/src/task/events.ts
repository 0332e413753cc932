import type { EventEnvelope } from '../kernel/index.ts';

const TASK_EVENTS = ['task.created', 'task.updated', 'task.deleted'] as const;
export type TaskEventType = (typeof TASK_EVENTS)[number];

/** A record of one change of a task. Its sequence is the version of the task after the change. */
export type TaskEvent = EventEnvelope<
  TaskEventType,
  { readonly ticketId: string | null; readonly done: boolean; readonly changed: readonly string[] }
>;
