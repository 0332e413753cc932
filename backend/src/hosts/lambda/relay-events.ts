import type { AnyEvent } from '@curlew/core/kernel';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { EventPublisher } from '../../adapters/eventbridge/event-publisher.ts';

interface Reporting {
  error(message: string, fields: Record<string, unknown>): void;
  relayed(events: number): void;
}

interface Relayed {
  readonly sequenceNumber: string;
  readonly event: AnyEvent;
}

/**
 * Hands the events of a batch on, in order. Where the bus refuses one, the stream starts again there: what came before
 * is not sent twice, what comes after may be. A record that is no event can never become one, so it is logged and left.
 */
export function relay(publisher: EventPublisher, report: Reporting) {
  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const events = Records.flatMap((record) => eventsIn(record, report));
    const { taken, error } = await publisher.publish(events.map(({ event }) => event));
    report.relayed(taken);
    const refused = events[taken];
    if (refused === undefined) return { batchItemFailures: [] };
    report.error('the bus did not take an event', { eventId: refused.event.id, error });
    return { batchItemFailures: [{ itemIdentifier: refused.sequenceNumber }] };
  };
}

function eventsIn({ dynamodb }: DynamoDBRecord, report: Reporting): Relayed[] {
  const { event, sk } = dynamodb?.NewImage ?? {};
  if (!sk?.S?.startsWith('E#')) return [];
  try {
    return [{ sequenceNumber: dynamodb?.SequenceNumber ?? '', event: JSON.parse(event?.S ?? '') }];
  } catch (error) {
    report.error('a record of the stream is no event', { keys: dynamodb?.Keys, error: String(error) });
    return [];
  }
}
