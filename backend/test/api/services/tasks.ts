import type { Tables } from '../requests.ts';
import { tasks } from '../tasks.ts';

export const tables: Tables = { tasks };
