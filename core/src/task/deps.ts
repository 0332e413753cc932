import type { Context } from '../kernel/index.ts';
import type { TaskStore, TicketLookup } from './ports.ts';

/** The dependencies of each operation on tasks. */
export interface TaskDeps {
  readonly ctx: Context;
  readonly tasks: TaskStore;
  readonly tickets: TicketLookup;
}
