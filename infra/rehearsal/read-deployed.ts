import { ListEventBusesCommand, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { Cloud } from './deployed/cloud.ts';
import type { DeployedApi, DeployedFunction, DeployedTable, Mapping } from './deployed/model.ts';
import { readFunctions } from './deployed/read-functions.ts';
import { readHttpApi } from './deployed/read-http-api.ts';
import { readMappings } from './deployed/read-mappings.ts';
import { readRestApi } from './deployed/read-rest-api.ts';
import { readTables } from './deployed/read-tables.ts';
import { admits, statementsOf } from './policy/statements.ts';

export interface Deployed {
  readonly accountId: string;
  readonly functions: readonly DeployedFunction[];
  readonly mappings: readonly Mapping[];
  readonly tables: readonly DeployedTable[];
  readonly api: DeployedApi;
  /** Targets of rules whose queue would refuse what the rule sends. */
  readonly refusingTargets: readonly string[];
}

/** Reads everything back from the stand-in: what runs is what was deployed, not what was meant. */
export async function readDeployed(cloud: Cloud, kind: 'http' | 'rest', invokeUrl: string): Promise<Deployed> {
  const domainName = new URL(invokeUrl).host;
  const functions = await readFunctions(cloud);
  const accountId = functions[0]?.arn.split(':')[4] ?? '';
  return {
    accountId,
    functions,
    mappings: await readMappings(cloud),
    tables: await readTables(cloud),
    api: await (kind === 'http' ? readHttpApi : readRestApi)(cloud, domainName),
    refusingTargets: await refusingTargets(cloud, accountId),
  };
}

async function refusingTargets({ events, queues }: Cloud, account: string): Promise<string[]> {
  const refusing: string[] = [];
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}));
  for (const { Name: EventBusName } of EventBuses) {
    const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
    for (const { Name: Rule, Arn: sourceArn = '' } of Rules) {
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ EventBusName, Rule }));
      for (const { Arn = '' } of Targets) {
        const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: Arn.split(':').at(-1) }));
        const { Attributes } = await queues.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
        );
        const statements = statementsOf(Attributes?.Policy || '{"Statement":[]}');
        const asked = { service: 'events.amazonaws.com', action: 'sqs:SendMessage', sourceArn, account };
        if (!admits(statements, asked)) refusing.push(`${Arn} refuses ${sourceArn}`);
      }
    }
  }
  return refusing;
}
