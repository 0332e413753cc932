import { Logger } from '@aws-lambda-powertools/logger';
import { onTicketEvent } from '@curlew/core/analytics';
import { TicketEvent } from '@curlew/core/ticket';
import { dynamo } from '../../adapters/dynamodb/client.ts';
import { dynamoTicketCounts } from '../../adapters/dynamodb/ticket-counts.ts';
import { readTablesConfig } from './config.ts';
import { consumeEvent } from './consume-event.ts';

const logger = new Logger();
const counts = dynamoTicketCounts(dynamo(readTablesConfig().tables));

/** Counts tickets by status and priority. */
export const handler = consumeEvent(TicketEvent, (event) => onTicketEvent({ counts }, event), {
  error: (message, fields) => logger.error(message, fields),
});
