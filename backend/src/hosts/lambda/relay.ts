import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { eventBridgePublisher } from '../../adapters/eventbridge/event-publisher.ts';
import { readRelayConfig } from './config.ts';
import { relay } from './relay-events.ts';

const logger = new Logger();
const metrics = new Metrics();
const publisher = eventBridgePublisher(readRelayConfig().eventBus);

/** Carries events from the streams of the tables to the bus. */
export const handler = relay(publisher, {
  error: (message, fields) => logger.error(message, fields),
  relayed(events) {
    metrics.addMetric('EventsRelayed', MetricUnit.Count, events);
    metrics.publishStoredMetrics();
  },
});
