import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMPREHEND_ACTIONS } from '../../../backend/src/adapters/comprehend/actions.ts';
import { TABLES } from '../../../backend/src/services/tables.ts';
import { deadLetterQueueId, functionId } from './names.ts';
import { PRINTED_FUNCTIONS } from './printed-functions.ts';
import { template } from './template.ts';

const text = template();
// Short forms such as `!Ref` are parsed to { Ref }, { GetAtt } and { Sub }, so that tests can compare them.
const short = (tag: string) => ({ tag: `!${tag}`, resolve: (value: string) => ({ [tag]: value }) });
const list = (tag: string) => ({
  tag: `!${tag}`,
  collection: 'seq' as const,
  resolve: (seq: { toJSON(): unknown }) => ({ [tag]: seq.toJSON() }),
});
const parsed = parse(text, {
  version: '1.1',
  customTags: [...['Ref', 'GetAtt', 'Sub'].map(short), ...['Sub', 'If', 'Equals', 'Not'].map(list)],
});
const resources: Record<string, { Type: string; Properties: Record<string, never> }> = parsed.Resources;
const ofType = (type: string) => Object.values(resources).filter((one) => one.Type === type);

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: unknown;
}
function statementsOf(functionName: string): readonly Statement[] {
  const policies = resources[`${functionId(functionName)}Role`]?.Properties.Policies ?? [];
  return (policies as { PolicyDocument: { Statement: (Statement | { If: [string, Statement, unknown] })[] } }[])
    .flatMap((one) => one.PolicyDocument.Statement)
    .map((one) => ('If' in one ? one.If[1] : one));
}

describe('the CloudFormation template', () => {
  it('has every table and every function', () => {
    expect(ofType('AWS::DynamoDB::Table')).toHaveLength(Object.keys(TABLES).length);
    expect(ofType('AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName)).toEqual(
      PRINTED_FUNCTIONS.map(({ name }) => ({ Sub: `support-${name}-\${Environment}` })),
    );
  });

  it('gives each function exactly the permissions on tables in its design', () => {
    for (const { name, tables } of PRINTED_FUNCTIONS) {
      const statements = statementsOf(name);
      const allowed = statements.filter(({ Sid }) => /(Items|Indexes)$/.test(Sid)).map(({ Action }) => Action);
      const expected = Object.values(tables).flatMap(({ items, indexes }) => [
        items.map((action) => `dynamodb:${action}`),
        ...(indexes ? [['dynamodb:Query']] : []),
      ]);
      expect(allowed).toEqual(expected);
    }
  });

  it('allows all resources only for actions that AWS cannot limit to a resource', () => {
    const anywhere = PRINTED_FUNCTIONS.flatMap(({ name }) => statementsOf(name))
      .filter(({ Resource }) => Resource === '*')
      .flatMap(({ Action }) => Action);
    expect(new Set(anywhere)).toEqual(
      new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'dynamodb:ListStreams', ...COMPREHEND_ACTIONS]),
    );
  });

  it('keeps the failed events of a consumer in a queue without a poller', () => {
    const consumers = PRINTED_FUNCTIONS.filter(({ trigger }) => trigger === 'subscription');
    const configs = ofType('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties);
    expect(configs).toEqual(
      consumers.map(({ name }) => ({
        FunctionName: { Ref: functionId(name) },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 2,
        MaximumEventAgeInSeconds: 21_600,
        DestinationConfig: { OnFailure: { Destination: { GetAtt: `${deadLetterQueueId(name)}.Arn` } } },
      })),
    );
    for (const { name } of consumers) {
      const queues = statementsOf(name).filter(({ Action }) => Action.some((action) => action.startsWith('sqs:')));
      expect(queues.map(({ Action }) => Action)).toEqual([['sqs:SendMessage']]);
    }
    expect(ofType('AWS::Lambda::EventSourceMapping').every(({ Properties }) => 'StartingPosition' in Properties)).toBe(
      true,
    );
  });

  it('gives permissions for the analysis of texts only to functions that analyse texts', () => {
    for (const { name, reading } of PRINTED_FUNCTIONS) {
      const sids = statementsOf(name).map(({ Sid }) => Sid);
      const isReading = ['Texts', 'Classifier', 'Learned', 'LearnedNames'].map((sid) => sids.includes(sid));
      expect([name, isReading]).toEqual([name, Array(4).fill(reading !== undefined)]);
    }
    expect(parsed.Conditions.ReadsByComprehend).toEqual({ Equals: [{ Ref: 'TextAnalyzer' }, 'comprehend'] });
  });

  it('gives no role a name, so that CAPABILITY_IAM is enough', () => {
    expect(ofType('AWS::IAM::Role').filter(({ Properties }) => 'RoleName' in Properties)).toEqual([]);
  });

  it('requires authentication by default, and allows open mode in dev only', () => {
    expect(parsed.Parameters.Auth.Default).toBe('required');
    const [assertion] = parsed.Rules.OpenModeIsForDevelopment.Assertions;
    expect(assertion.Assert).toEqual({ Equals: [{ Ref: 'Environment' }, 'dev'] });
  });

  it('outputs the address of the API', () => {
    expect(parsed.Outputs.ApiEndpoint.Value.Sub).toMatch(/^https:\/\/\$\{Api\}\.execute-api\./);
  });

  it('stays within the limits of CloudFormation for resources and size', () => {
    expect(Object.keys(resources).length).toBeLessThan(500);
    expect(text.length).toBeLessThan(1_000_000);
  });
});
