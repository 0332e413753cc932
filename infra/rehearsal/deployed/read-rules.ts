import { ListEventBusesCommand, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { admits, statementsOf } from '../policy/statements.ts';
import type { Cloud } from './cloud.ts';
import type { DeployedRule } from './model.ts';

/** The rules of every bus, with what their queues say to them. */
export async function readRules(cloud: Cloud, account: string): Promise<DeployedRule[]> {
  const rules: DeployedRule[] = [];
  const { EventBuses = [] } = await cloud.events.send(new ListEventBusesCommand({}));
  for (const { Name: EventBusName } of EventBuses) {
    const { Rules = [] } = await cloud.events.send(new ListRulesCommand({ EventBusName }));
    for (const { Name: Rule, Arn = '', EventPattern = '{}', State } of Rules) {
      const { Targets = [] } = await cloud.events.send(new ListTargetsByRuleCommand({ EventBusName, Rule }));
      const targets = Targets.map((target) => readTarget(cloud, target.Arn ?? '', { sourceArn: Arn, account }));
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

async function readTarget({ queues }: Cloud, arn: string, sender: { sourceArn: string; account: string }) {
  if (!arn.startsWith('arn:aws:sqs:')) throw new Error(`A rule sends to what the rehearsal does not know: ${arn}`);
  const { QueueUrl = '' } = await queues.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
  const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
  const statements = statementsOf(Attributes?.Policy || '{"Statement":[]}');
  const asked = { service: 'events.amazonaws.com', action: 'sqs:SendMessage', ...sender };
  return { arn, queueUrl: QueueUrl, admits: admits(statements, asked) };
}
