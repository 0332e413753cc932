import { describe, expect, it } from 'vitest';
import { allows, allowsService, type Statement, statementsOf } from './statements.ts';

const TABLE = 'arn:aws:dynamodb:eu-central-1:123456789012:table/support-tickets-dev';

describe('a policy', () => {
  const statements: Statement[] = [
    { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Put*'], Resource: TABLE },
    { Effect: 'Allow', Action: 'dynamodb:Query', Resource: [`${TABLE}/index/*`] },
    { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: `${TABLE}-old` },
  ];

  it.each([
    ['its own action and resource', 'dynamodb:GetItem', TABLE, true],
    ['an action in another case', 'DynamoDB:getitem', TABLE, true],
    ['a resource that matches a wildcard', 'dynamodb:Query', `${TABLE}/index/by-status`, true],
    ['no action on the table if only its indexes are allowed', 'dynamodb:Query', TABLE, false],
    ['no action on a table with the same prefix', 'dynamodb:GetItem', `${TABLE}-2`, false],
    ['no denied action', 'dynamodb:PutItem', `${TABLE}-old`, false],
    ['no other action', 'dynamodb:Scan', TABLE, false],
  ])('allows %s', (_, action, resource, expected) => {
    expect(allows(statements, action, resource)).toBe(expected);
  });

  it('may have one statement or several', () => {
    expect(statementsOf('{"Statement":{"Effect":"Allow"}}')).toHaveLength(1);
    expect(() => statementsOf('{"Statement":[{"Effect":"Allow","NotAction":"s3:*"}]}')).toThrow('NotAction');
  });
});

describe('a resource policy', () => {
  const api = 'arn:aws:execute-api:eu-central-1:123456789012:abc';
  const statement: Statement = {
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Condition: { ArnLike: { 'AWS:SourceArn': `${api}/dev/*` } },
  };
  const asked = {
    service: 'apigateway.amazonaws.com',
    action: 'lambda:InvokeFunction',
    sourceArn: `${api}/dev/GET/v1/tickets/*`,
    account: '123456789012',
  };

  it.each([
    ['its source API', asked, true],
    ['another stage', { ...asked, sourceArn: `${api}/prod/GET/` }, false],
    ['another service', { ...asked, service: 'events.amazonaws.com' }, false],
  ])('is evaluated for %s', (_, given, expected) => {
    expect(allowsService([statement], given)).toBe(expected);
  });

  it('allows no caller if it is missing', () => {
    expect(allowsService([], asked)).toBe(false);
  });
});
