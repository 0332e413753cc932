import type { AnyEvent } from '@curlew/core/kernel';
import type * as z from 'zod';

interface Reporting {
  error(message: string, fields: Record<string, unknown>): void;
}

/** The payload with which EventBridge calls a function. Only `detail`, which holds the event, is read. */
export type Delivery = { readonly detail?: unknown } | null;

/**
 * Handles one event that an EventBridge rule delivers. If the reaction fails, the handler throws: Lambda retries the
 * event, and moves it to the dead-letter queue after the last attempt. A malformed event is logged and acknowledged,
 * because a retry cannot succeed.
 */
export function consumeEvent<Event extends AnyEvent>(
  schema: z.ZodType<Event>,
  reaction: (event: Event) => Promise<void>,
  report: Reporting,
) {
  return async (delivery: Delivery): Promise<void> => {
    const { success, data: event, error: problem } = schema.safeParse(delivery?.detail);
    if (!success) {
      report.error('the delivery is not an event of this subscription', { error: problem.message });
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
