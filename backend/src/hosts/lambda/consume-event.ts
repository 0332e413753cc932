import type { AnyEvent } from '@curlew/core/kernel';
import type * as z from 'zod';

interface Reporting {
  error(message: string, fields: Record<string, unknown>): void;
}

/** What an EventBridge rule calls a function with, as far as it is read: the event is its detail. */
export type Delivery = { readonly detail?: unknown } | null;

/**
 * Reacts to one event that a rule brings. A reaction that fails throws, so that Lambda tries it again, and puts what
 * failed each time into the dead-letter queue. A malformed event is logged and acknowledged, because a retry cannot
 * succeed.
 */
export function consumeEvent<Event extends AnyEvent>(
  schema: z.ZodType<Event>,
  reaction: (event: Event) => Promise<void>,
  report: Reporting,
) {
  return async (delivery: Delivery): Promise<void> => {
    const { success, data: event, error: problem } = schema.safeParse(delivery?.detail);
    if (!success) {
      report.error('a delivery is no event of this subscription', { error: problem.message });
      return;
    }
    try {
      await reaction(event);
    } catch (error) {
      report.error('a reaction failed', { eventId: event.id, error: String(error) });
      throw error;
    }
  };
}
