import type { RequestsOf, Tables } from '../requests.ts';
import { taskRequests, tasks } from '../tasks.ts';

export const requests: RequestsOf<'tasks'> = taskRequests;

export const tables: Tables = { tasks };
