import { Logger } from '@aws-lambda-powertools/logger';
import { keyedMutex } from '@curlew/core/kernel';
import { TicketEvent } from '@curlew/core/ticket';
import { triageOnEvent } from '@curlew/core/ticket/triage';
import { dynamo } from '../../adapters/dynamodb/client.ts';
import { orderClock } from '../clocks.ts';
import { idGenerator } from '../ids.ts';
import { triageContext } from '../triage-context.ts';
import { readTablesConfig, readTriageConfig } from './config.ts';
import { consumeEvent } from './consume-event.ts';
import { pause } from './pause.ts';
import { triagePorts } from './triage-service.ts';

const logger = new Logger();
const report = (message: string, error: string) => logger.error(message, { error });
const clock = orderClock();
const reaction = {
  ...triagePorts(dynamo(readTablesConfig().tables), readTriageConfig(), report),
  contextFor: triageContext({ now: clock.iso, newId: idGenerator(clock), runExclusive: keyedMutex(), pause }),
};

/** Reads the texts of tickets, and learns from what people decide. */
export const handler = consumeEvent(TicketEvent, (event) => triageOnEvent(reaction, event), {
  error: (message, fields) => logger.error(message, fields),
});
