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
 * Sends the events of a batch to the bus, in order. If the bus rejects an event, the stream restarts at that event:
 * earlier events are not sent twice, later events may be. A record without a valid event is logged and skipped.
 */
export function relay(publisher: EventPublisher, report: Reporting) {
  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const events = Records.flatMap((record) => eventsIn(record, report));
    const { taken, error } = await publisher.publish(events.map(({ event }) => event));
    report.relayed(taken);
    const refused = events[taken];
    if (refused === undefined) return { batchItemFailures: [] };
    report.error('the event was not published', { eventId: refused.event.id, error });
    return { batchItemFailures: [{ itemIdentifier: refused.sequenceNumber }] };
  };
}

function eventsIn({ dynamodb }: DynamoDBRecord, report: Reporting): Relayed[] {
  const { event, sk } = dynamodb?.NewImage ?? {};
  if (!sk?.S?.startsWith('E#')) return [];
  try {
    return [{ sequenceNumber: dynamodb?.SequenceNumber ?? '', event: JSON.parse(event?.S ?? '') }];
  } catch (error) {
    report.error('the stream record is not an event', { keys: dynamodb?.Keys, error: String(error) });
    return [];
  }
}
