import { Document, isCollection, isMap, isScalar, isSeq, visit, type YAMLMap } from 'yaml';
import { SUBSCRIPTIONS_EVERYWHERE } from '../../../backend/src/services/index.ts';
import { bus, relays, subscriptions } from './events.ts';
import { files } from './files.ts';
import { functions } from './functions.ts';
import { getAtt, ref, sub } from './intrinsics.ts';
import { API_ID, BUS_ID, deadLetterQueueId, logicalId } from './names.ts';
import { CONDITIONS, PARAMETERS, RULES } from './parameters.ts';
import { restApi } from './rest-api.ts';
import type { Section } from './section.ts';
import { tables } from './tables.ts';

export const TEMPLATE_PATH = 'infra/cloudformation/support-system.yaml';

const COMMENT = ` Printed by "npm run generate" from the data that Terraform reads; do not edit. infra/cloudformation/README.md explains
 how to deploy it and how to run it with SAM.`;

/** The text of the CloudFormation template in the repository. */
export function template(): string {
  const sections = [tables(), files(), bus(), ...functions(), ...relays(), ...subscriptions(), ...restApi()];
  const content = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Curlew, the support desk you can curl: API, functions, tables, events.',
    // cfn-lint warns of local paths, but "aws cloudformation package" replaces the paths of packages with S3 locations.
    Metadata: { 'cfn-lint': { config: { ignore_checks: ['W3002'] } } },
    Parameters: PARAMETERS,
    Rules: RULES,
    Conditions: CONDITIONS,
    Resources: resourcesOf(sections),
    Outputs: outputs(),
  };
  // CloudFormation and the AWS CLI read YAML 1.1, where a date without quotes is not a string.
  const document = new Document(content, { version: '1.1', aliasDuplicateObjects: false });
  document.commentBefore = COMMENT;
  visit(document, {
    Collection(_, node, path) {
      node.flow = isShort(node, path.at(-1));
    },
  });
  spaceOut(document.contents);
  for (const name of ['Parameters', 'Resources', 'Outputs']) spaceOut(document.get(name));
  for (const { comment, resources } of sections)
    annotate(document.get('Resources'), Object.keys(resources)[0], comment);
  return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
}

/** Whether a node fits on one line: a short list of plain values, or a short list item with plain values only. */
function isShort(node: unknown, parent: unknown): boolean {
  if (!isCollection(node) || (isMap(node) && !isSeq(parent))) return false;
  const values = node.items.map((item) => (isScalar(item) ? item : (item as { value?: unknown }).value));
  return values.every(isScalar) && values.map(({ value }) => `${value}    `).join('').length < 90;
}

function resourcesOf(sections: readonly Section[]): Section['resources'] {
  const all = sections.flatMap(({ resources }) => Object.entries(resources));
  const twice = all.find(([id], index) => all.findIndex(([other]) => other === id) < index);
  if (twice !== undefined) throw new Error(`Two resources are called ${twice[0]}.`);
  return Object.fromEntries(all);
}

function outputs(): Record<string, unknown> {
  const dead = SUBSCRIPTIONS_EVERYWHERE.map(({ name }) => [
    `${logicalId(name)}DeadLetters`,
    { Description: `Dead-letter queue of ${name}.`, Value: ref(deadLetterQueueId(name)) },
  ]);
  return {
    ApiEndpoint: {
      Description: 'URL of the API: append /v1/tickets.',
      Value: sub(`https://\${${API_ID}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/\${Environment}`),
    },
    EventBusName: { Description: 'Name of the event bus.', Value: getAtt(BUS_ID, 'Name') },
    RelayDeadLetters: {
      Description: 'Dead-letter queue of the relay.',
      Value: ref(deadLetterQueueId('relay')),
    },
    ...Object.fromEntries(dead),
  };
}

function spaceOut(map: unknown): void {
  if (!isMap(map)) return;
  for (const [index, { key }] of map.items.entries()) if (isScalar(key) && index > 0) key.spaceBefore = true;
}

function annotate(map: unknown, key: string | undefined, comment: string): void {
  const pair = (map as YAMLMap).items.find((item) => isScalar(item.key) && item.key.value === key);
  if (isScalar(pair?.key)) pair.key.commentBefore = ` ${comment}`;
}
