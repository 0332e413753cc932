import { admit, type Page } from '../kernel/index.ts';
import type { TaskQuery } from './ports.ts';
import type { Task, TaskRecord } from './task.ts';
import { loadTask, type TaskVerb } from './verb.ts';

/** Throws `not_found`. */
export function readTask(verb: TaskVerb, id: string): Promise<TaskRecord> {
  return loadTask(verb, id);
}

export async function listTasks({ ctx, tasks }: TaskVerb, query: TaskQuery): Promise<Page<Task>> {
  admit(ctx);
  return tasks.list(ctx.actor.organizationId, query);
}
