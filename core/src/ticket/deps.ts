import type { Context } from '../kernel/index.ts';
import type { People, TicketStore } from './ports.ts';

/** The dependencies of each operation on tickets. */
export interface TicketDeps {
  readonly ctx: Context;
  readonly tickets: TicketStore;
  readonly people: People;
}

export type TicketStoreDeps = Pick<TicketDeps, 'ctx' | 'tickets'>;
