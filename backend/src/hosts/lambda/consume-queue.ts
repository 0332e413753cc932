import { type AnyEvent, subjectKey } from '@curlew/core/kernel';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';

interface Reporting {
  error(message: string, fields: Record<string, unknown>): void;
}

interface Received<Event> {
  readonly messageId: string;
  readonly event: Event;
}

/**
 * Reacts to each event of a batch from a queue that an EventBridge rule feeds. A message that fails goes back to the
 * queue alone, and to the dead-letter queue after some tries. One that can never be understood is logged and
 * acknowledged: no retry would mend it.
 */
export function consumeQueue<Event extends AnyEvent>(
  schema: z.ZodType<Event>,
  reaction: (event: Event) => Promise<void>,
  report: Reporting,
) {
  async function react({ messageId, event }: Received<Event>): Promise<SQSBatchResponse['batchItemFailures']> {
    try {
      await reaction(event);
      return [];
    } catch (error) {
      report.error('a reaction failed', { messageId, eventId: event.id, error: String(error) });
      return [{ itemIdentifier: messageId }];
    }
  }

  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const received = Records.flatMap(({ messageId, body }): Received<Event>[] => {
      const event = understood(schema, body);
      if (!(event instanceof Error)) return [{ messageId, event }];
      report.error('a message is no event of this subscription', { messageId, error: event.message });
      return [];
    });
    // Subjects side by side; the events of one would only get in each other's way.
    const subjects = Map.groupBy(received, ({ event }) => subjectKey(event));
    const failures = await Promise.all(
      [...subjects.values()].map(async (messages) => {
        const failed: SQSBatchResponse['batchItemFailures'] = [];
        for (const message of messages.toSorted((one, other) => one.event.sequence - other.event.sequence)) {
          failed.push(...(await react(message)));
        }
        return failed;
      }),
    );
    return { batchItemFailures: failures.flat() };
  };
}

function understood<Event>(schema: z.ZodType<Event>, body: string): Event | Error {
  try {
    return schema.parse((JSON.parse(body) as { detail?: unknown }).detail);
  } catch (error) {
    return error as Error;
  }
}
