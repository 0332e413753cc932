import {
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { Cloud } from '../aws/cloud.ts';
import { allowsService, statementsOf } from '../policy/statements.ts';
import type { DeployedFunction, DeployedRule, RuleTarget } from './model.ts';

interface Sender {
  readonly sourceArn: string;
  readonly account: string;
}

/** The rules of every bus, and whether their functions and dead-letter queues accept them. */
export async function readRules(
  cloud: Cloud,
  account: string,
  functions: readonly DeployedFunction[],
): Promise<DeployedRule[]> {
  const rules: DeployedRule[] = [];
  const { EventBuses = [] } = await cloud.events.send(new ListEventBusesCommand({}));
  for (const { Name: EventBusName } of EventBuses) {
    const { Rules = [] } = await cloud.events.send(new ListRulesCommand({ EventBusName }));
    for (const { Name: Rule, Arn = '', EventPattern = '{}', State } of Rules) {
      const { Targets = [] } = await cloud.events.send(new ListTargetsByRuleCommand({ EventBusName, Rule }));
      const targets = Targets.map((target) => readTarget(cloud, target, functions, { sourceArn: Arn, account }));
      rules.push({
        arn: Arn,
        bus: EventBusName ?? '',
        isEnabled: State === 'ENABLED',
        pattern: EventPattern,
        targets: await Promise.all(targets),
      });
    }
  }
  return rules;
}

async function readTarget(
  cloud: Cloud,
  { Arn = '', DeadLetterConfig }: Target,
  functions: readonly DeployedFunction[],
  sender: Sender,
): Promise<RuleTarget> {
  const fn = functions.find(({ arn }) => arn === Arn);
  if (fn === undefined) throw new Error(`The target of a rule is not a deployed function: ${Arn}`);
  const asked = { service: 'events.amazonaws.com', action: 'lambda:InvokeFunction', ...sender };
  const target = { functionName: fn.name, isAllowed: allowsService(fn.invokers, asked) };
  const queue = DeadLetterConfig?.Arn;
  return queue === undefined ? target : { ...target, deadLetters: await readQueue(cloud, queue, sender) };
}

async function readQueue({ queues }: Cloud, arn: string, sender: Sender) {
  const { QueueUrl = '' } = await queues.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
  const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
  const statements = statementsOf(Attributes?.Policy || '{"Statement":[]}');
  const asked = { service: 'events.amazonaws.com', action: 'sqs:SendMessage', ...sender };
  return { queueUrl: QueueUrl, isAllowed: allowsService(statements, asked) };
}
