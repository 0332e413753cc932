import * as z from 'zod';
import { TicketPriority, TicketStatus } from '../ticket/events.ts';

const Count = z.int().min(0);

/** The number of tickets by status and by priority, without deleted tickets. Lags behind the tickets by a moment. */
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
