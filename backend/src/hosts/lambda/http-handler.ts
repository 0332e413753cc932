import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { handle } from 'hono/aws-lambda';
import { dynamo } from '../../adapters/dynamodb/client.ts';
import type { TableName } from '../../adapters/dynamodb/tables.ts';
import type { LogEntry } from '../../http/app.ts';
import { readHttpConfig } from './config.ts';
import { type GatewayEvent, readGatewayEvent } from './gateway-event.ts';
import { type ServiceWiring, wire } from './wire.ts';

/** A handler for API Gateway, HTTP API and REST API alike. `lists` names the table whose secret signs cursors. */
export async function httpHandler(services: readonly ServiceWiring[], lists?: TableName) {
  const config = readHttpConfig();
  const logger = new Logger();
  const metrics = new Metrics();

  function log({ level, message, ...fields }: LogEntry): void {
    if (level === 'error') logger.error(message, fields);
    else logger.info(message, fields);
    if (message === 'request' && Number(fields.status) >= 500) metrics.addMetric('ServerErrors', MetricUnit.Count, 1);
  }

  const db = dynamo(config.tables);
  const app = await wire(services, { db, config, log, ...(lists === undefined ? {} : { lists }) });
  const answer = handle(app);

  return async (event: GatewayEvent, context: Context) => {
    logger.addContext(context);
    metrics.setFunctionName(context.functionName);
    metrics.captureColdStartMetric();
    try {
      return await answer(readGatewayEvent(event, config.basePath) as never, context as never);
    } finally {
      metrics.publishStoredMetrics();
    }
  };
}
