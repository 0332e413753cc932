import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { dynamo } from '../../adapters/dynamodb/client.ts';
import type { LogEntry } from '../../http/log-entry.ts';
import type { Serving } from '../serving.ts';
import { readHttpConfig } from './config.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { gatewayHandler } from './gateway-handler.ts';
import type { LambdaHost } from './lambda-host.ts';
import { wire } from './wire.ts';

// Calls to DynamoDB are aborted this long before the function times out, to leave time for a problem document.
const TO_ANSWER_MILLISECONDS = 1500;

/** The Lambda handler of an HTTP function. It accepts the events of both an HTTP API and a REST API. */
export function httpHandler(services: readonly Serving<LambdaHost>[]) {
  const config = readHttpConfig();
  const logger = new Logger();
  const metrics = new Metrics();
  const deadlines = new AsyncLocalStorage<AbortSignal>();
  const db = dynamo(config.tables, { deadline: () => deadlines.getStore() });

  function log({ level, message, ...fields }: LogEntry): void {
    if (level === 'error') logger.error(message, fields);
    else logger.info(message, fields);
    if (message === 'request' && Number(fields.status) >= 500) metrics.addMetric('ServerErrors', MetricUnit.Count, 1);
  }

  const answer = gatewayHandler(
    () => wire(services, { db, config, log }),
    config.basePath,
    (error) => log({ level: 'error', message: 'start failed', requestId: '', error: String(error) }),
  );

  return async (event: GatewayEvent, context: Context) => {
    logger.addContext(context);
    metrics.setFunctionName(context.functionName);
    metrics.captureColdStartMetric();
    try {
      const deadline = AbortSignal.timeout(context.getRemainingTimeInMillis() - TO_ANSWER_MILLISECONDS);
      return await deadlines.run(deadline, () => answer(event, context));
    } finally {
      // If no metric is stored, `publishStoredMetrics` would log a warning for each request.
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  };
}
