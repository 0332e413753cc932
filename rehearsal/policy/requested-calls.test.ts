import { describe, expect, it } from 'vitest';
import { requestedCalls, requestedS3Calls } from './requested-calls.ts';

const account = { id: '123456789012', region: 'eu-central-1' };
const table = (name: string) => `arn:aws:dynamodb:eu-central-1:123456789012:table/${name}`;
const calls = (operation: string, body: object) => requestedCalls(`DynamoDB_20120810.${operation}`, body, account);

describe('a request needs permission', () => {
  it('for its operation on the table', () => {
    expect(calls('GetItem', { TableName: 't' })).toEqual([{ action: 'dynamodb:GetItem', resource: table('t') }]);
  });

  it('on the index that it queries', () => {
    expect(calls('Query', { TableName: 't', IndexName: 'i' })).toEqual([
      { action: 'dynamodb:Query', resource: `${table('t')}/index/i` },
    ]);
  });

  it('for each operation of a transaction', () => {
    const TransactItems = [
      { Put: { TableName: 'a' } },
      { Update: { TableName: 'b' } },
      { Delete: { TableName: 'c' } },
      { ConditionCheck: { TableName: 'd' } },
    ];
    expect(calls('TransactWriteItems', { TransactItems })).toEqual([
      { action: 'dynamodb:PutItem', resource: table('a') },
      { action: 'dynamodb:UpdateItem', resource: table('b') },
      { action: 'dynamodb:DeleteItem', resource: table('c') },
      { action: 'dynamodb:ConditionCheckItem', resource: table('d') },
    ]);
    expect(calls('TransactGetItems', { TransactItems: [{ Get: { TableName: 'a' } }] })).toEqual([
      { action: 'dynamodb:GetItem', resource: table('a') },
    ]);
  });

  it('for the batch operation on each table', () => {
    expect(calls('BatchGetItem', { RequestItems: { a: {}, b: {} } })).toEqual([
      { action: 'dynamodb:BatchGetItem', resource: table('a') },
      { action: 'dynamodb:BatchGetItem', resource: table('b') },
    ]);
  });

  it('on its user pool', () => {
    const body = { UserPoolId: 'eu-central-1_abc', Username: 'ana' };
    expect(requestedCalls('AWSCognitoIdentityProviderService.AdminGetUser', body, account)).toEqual([
      {
        action: 'cognito-idp:AdminGetUser',
        resource: 'arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abc',
      },
    ]);
  });

  it('on any resource for the analysis of a text, and on its classifier', () => {
    const calls = (operation: string, body: object) =>
      requestedCalls(`Comprehend_20171127.${operation}`, body, account);
    expect(calls('DetectSentiment', { Text: 'T' })).toEqual([{ action: 'comprehend:DetectSentiment', resource: '*' }]);
    const EndpointArn = 'arn:aws:comprehend:eu-central-1:123456789012:document-classifier-endpoint/tickets';
    expect(calls('ClassifyDocument', { EndpointArn })).toEqual([
      { action: 'comprehend:ClassifyDocument', resource: EndpointArn },
    ]);
  });

  it('on the object, and on the bucket to get 404 for a missing object', () => {
    const object = 'arn:aws:s3:::files/learned/org_a';
    const list = { action: 's3:ListBucket', resource: 'arn:aws:s3:::files' };
    expect(requestedS3Calls('PUT', '/files/learned/org_a?x-id=PutObject')).toEqual([
      { action: 's3:PutObject', resource: object },
    ]);
    for (const method of ['GET', 'HEAD']) {
      expect(requestedS3Calls(method, '/files/learned/org_a')).toEqual([
        { action: 's3:GetObject', resource: object },
        list,
      ]);
    }
    expect(requestedS3Calls('DELETE', '/files/a%20b')).toEqual([
      { action: 's3:DELETE', resource: 'arn:aws:s3:::files/a b' },
    ]);
    expect(requestedS3Calls('GET', '/files?list-type=2')).toEqual([
      { action: 's3:GET of a bucket', resource: 'arn:aws:s3:::files' },
    ]);
  });

  it('on its secret', () => {
    const secret = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:support-signing-dev-a1b2c3';
    expect(requestedCalls('secretsmanager.GetSecretValue', { SecretId: secret }, account)).toEqual([
      { action: 'secretsmanager:GetSecretValue', resource: secret },
    ]);
  });

  it('on its bus, given by name or ARN', () => {
    const bus = 'arn:aws:events:eu-central-1:123456789012:event-bus/b';
    const Entries = [{ EventBusName: 'b' }, { EventBusName: 'b' }];
    expect(requestedCalls('AWSEvents.PutEvents', { Entries }, account)).toEqual([
      { action: 'events:PutEvents', resource: bus },
    ]);
    expect(requestedCalls('AWSEvents.PutEvents', { Entries: [{ EventBusName: bus }] }, account)[0]?.resource).toBe(bus);
  });
});
