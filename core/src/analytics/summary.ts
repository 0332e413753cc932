import * as z from 'zod';
import { TicketPriority, TicketStatus } from '../ticket/events.ts';

const Count = z.int().min(0);

/** How many tickets there are, deleted ones not counted. Follows the tickets within moments. */
export const Summary = z.object({
  tickets: z.object({
    total: Count,
    byStatus: z.object(Object.fromEntries(TicketStatus.options.map((status) => [status, Count]))),
    byPriority: z.object(Object.fromEntries(TicketPriority.options.map((priority) => [priority, Count]))),
  }),
});
export type Summary = {
  readonly tickets: {
    readonly total: number;
    readonly byStatus: Readonly<Record<TicketStatus, number>>;
    readonly byPriority: Readonly<Record<TicketPriority, number>>;
  };
};
