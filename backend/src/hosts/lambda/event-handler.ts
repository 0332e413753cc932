import { Logger } from '@aws-lambda-powertools/logger';
import type { AnyEvent } from '@curlew/core/kernel';
import { dynamo } from '../../adapters/dynamodb/client.ts';
import type { Reacting } from '../serving.ts';
import { readTablesConfig, readTriageConfig } from './config.ts';
import { consumeEvent } from './consume-event.ts';
import type { LambdaHost } from './lambda-host.ts';

/** The Lambda handler of a subscription. Its EventBridge rule delivers the events. */
export function eventHandler({ subscription, react }: Reacting<LambdaHost>) {
  const logger = new Logger();
  const host: LambdaHost = {
    db: dynamo(readTablesConfig().tables),
    auth: 'required',
    triage: readTriageConfig(),
    report: (message, error) => logger.error(message, { error }),
  };
  let reaction: Promise<(event: AnyEvent) => Promise<void>> | undefined;

  async function reactTo(event: AnyEvent): Promise<void> {
    try {
      reaction ??= react(host);
      return (await reaction)(event);
    } catch (error) {
      reaction = undefined;
      throw error;
    }
  }

  return consumeEvent(subscription.event, reactTo, { error: (message, fields) => logger.error(message, fields) });
}
