import type { Call } from './recorded-calls.ts';

// biome-ignore lint/suspicious/noExplicitAny: requests of every service and form.
type Body = any;

/** Account and region, which complete short names in requests to ARNs. */
export interface Account {
  readonly id: string;
  readonly region: string;
}

const ON_ITEMS = new Set(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable']);

/**
 * The permissions that a request to S3 needs, from its method and its path `/bucket/key`. S3 answers 404 for a missing
 * object only if the caller may list the bucket.
 */
export function requestedS3Calls(method: string, path: string): Call[] {
  const [, bucket = '', ...key] = (path.split('?')[0] ?? '').split('/').map(decodeURIComponent);
  const resource = `arn:aws:s3:::${bucket}`;
  const object = `${resource}/${key.join('/')}`;
  if (key.join('') === '') return [{ action: `s3:${method} of a bucket`, resource }];
  if (method === 'PUT') return [{ action: 's3:PutObject', resource: object }];
  if (method !== 'GET' && method !== 'HEAD') return [{ action: `s3:${method}`, resource: object }];
  return [
    { action: 's3:GetObject', resource: object },
    { action: 's3:ListBucket', resource },
  ];
}

/** The permissions that a request needs, from `X-Amz-Target` and body; each operation of a transaction separately. */
export function requestedCalls(target: string, body: Body, account: Account): Call[] {
  const [service = '', operation = ''] = target.split('.');
  const arn = (name: string, kind: string) =>
    name.startsWith('arn:')
      ? name
      : `arn:aws:${kind.split(':')[0]}:${account.region}:${account.id}:${kind.slice(kind.indexOf(':') + 1)}${name}`;
  const table = (name: string) => arn(name, 'dynamodb:table/');
  if (service === 'DynamoDB_20120810') {
    switch (operation) {
      case 'TransactWriteItems':
        return body.TransactItems.flatMap((item: Body) =>
          Object.entries<Body>(item).map(([kind, { TableName }]) => ({
            action: kind === 'ConditionCheck' ? 'dynamodb:ConditionCheckItem' : `dynamodb:${kind}Item`,
            resource: table(TableName),
          })),
        ).map(({ action, resource }: Call) => ({ action: action.replace('ItemItem', 'Item'), resource }));
      case 'TransactGetItems':
        return body.TransactItems.map(({ Get }: Body) => ({
          action: 'dynamodb:GetItem',
          resource: table(Get.TableName),
        }));
      case 'BatchGetItem':
      case 'BatchWriteItem':
        return Object.keys(body.RequestItems).map((name) => ({
          action: `dynamodb:${operation}`,
          resource: table(name),
        }));
    }
    if (!ON_ITEMS.has(operation))
      return [{ action: `dynamodb:${operation}`, resource: body.TableName ? table(body.TableName) : '*' }];
    const resource =
      body.IndexName === undefined ? table(body.TableName) : `${table(body.TableName)}/index/${body.IndexName}`;
    return [{ action: `dynamodb:${operation}`, resource }];
  }
  if (service === 'AWSEvents' && operation === 'PutEvents') {
    const buses = new Set<string>(body.Entries.map(({ EventBusName = 'default' }: Body) => EventBusName));
    return [...buses].map((bus) => ({ action: 'events:PutEvents', resource: arn(bus, 'events:event-bus/') }));
  }
  if (service === 'AWSCognitoIdentityProviderService') {
    return [{ action: `cognito-idp:${operation}`, resource: arn(body.UserPoolId, 'cognito-idp:userpool/') }];
  }
  if (service === 'Comprehend_20171127') {
    return [{ action: `comprehend:${operation}`, resource: body.EndpointArn ?? '*' }];
  }
  if (service === 'secretsmanager') {
    return [{ action: `secretsmanager:${operation}`, resource: arn(body.SecretId, 'secretsmanager:secret:') }];
  }
  if (service === 'AmazonSQS') {
    const name = new URL(body.QueueUrl ?? 'http://none/').pathname.split('/').at(-1) ?? '';
    return [{ action: `sqs:${operation.replace('Batch', '')}`, resource: arn(name, 'sqs:') }];
  }
  return [{ action: `${service}:${operation}`, resource: '*' }];
}
