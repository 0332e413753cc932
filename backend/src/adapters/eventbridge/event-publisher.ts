import { EventBridgeClient, type EventBridgeClientConfig, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { AnyEvent } from '@curlew/core/kernel';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

/** Publishes events on a bus. */
export interface EventPublisher {
  /**
   * Puts events on the bus in their order; the bus itself does not guarantee an order. `taken` is the number of events
   * before the first refused event, and `error` is the reason for that refusal. Events after the refused one may have
   * been taken too. Never rejects.
   */
  publish(events: readonly AnyEvent[]): Promise<{ readonly taken: number; readonly error?: string }>;
}

// PutEvents accepts at most 10 entries and 256 KB. An event contains ids and scalars, at most a few kilobytes.
const ENTRIES = 10;
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 3000 };

export function eventBridgePublisher(
  bus: string,
  { answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds, ...config }: PublisherConfig = {},
): EventPublisher {
  const client = new EventBridgeClient({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
  return {
    async publish(events) {
      for (let start = 0; start < events.length; start += ENTRIES) {
        const { taken, error } = await put(events.slice(start, start + ENTRIES)).catch((failure) => ({
          taken: 0,
          error: String(failure),
        }));
        if (error !== undefined) return { taken: start + taken, error };
      }
      return { taken: events.length };
    },
  };

  async function put(events: readonly AnyEvent[]): Promise<{ taken: number; error?: string }> {
    const Entries = events.map((event) => ({
      EventBusName: bus,
      Source: 'curlew',
      DetailType: event.type,
      Time: new Date(event.time),
      Detail: JSON.stringify(event),
    }));
    const answer = await client.send(new PutEventsCommand({ Entries }));
    const results = answer.Entries ?? [];
    const taken = results.findIndex(({ ErrorCode }) => ErrorCode !== undefined);
    if (taken !== -1) return { taken, error: `${results[taken]?.ErrorCode} ${results[taken]?.ErrorMessage ?? ''}` };
    return results.length === events.length
      ? { taken: events.length }
      : { taken: 0, error: 'The response of the bus does not have one result for each event.' };
  }
}

type PublisherConfig = EventBridgeClientConfig & { readonly answerTimeoutMilliseconds?: number };
