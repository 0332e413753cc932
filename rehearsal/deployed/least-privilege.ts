import type { Call, CallCount } from '../policy/recorded-calls.ts';
import { allows, listOf } from '../policy/statements.ts';
import { fitsWildcard } from '../policy/wildcard.ts';
import type { DeployedFunction, Mapping } from './model.ts';

export interface Privileges {
  /** Calls that were made without a permission. */
  readonly missing: readonly string[];
  /** Permissions that were never used or are too broad. */
  readonly unused: readonly string[];
}

/** Compares the calls of the functions with the permissions of their roles, in both directions. */
export function leastPrivilege(
  functions: readonly DeployedFunction[],
  mappings: readonly Mapping[],
  calls: readonly CallCount[],
): Privileges {
  const missing: string[] = [];
  const unused: string[] = [];
  for (const one of functions) {
    const byRunner = callsOfLambda(one, mappings);
    const own = calls.filter((call) => call.function === one.name);
    for (const { action, resource } of [...own, ...byRunner]) {
      if (!allows(one.statements, action, resource)) missing.push(`${one.name}: ${action} on ${resource}`);
    }
    for (const { action, resource } of allowedBy(one)) {
      const isUsed = [...own, ...byRunner].some(
        (call) =>
          fitsWildcard(action.toLowerCase(), call.action.toLowerCase()) && fitsWildcard(resource, call.resource),
      );
      if (action.includes('*') || !isUsed) unused.push(`${one.name}: ${action} on ${resource}`);
    }
  }
  return { missing, unused };
}

function allowedBy({ statements }: DeployedFunction): Call[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) => listOf(Resource).map((resource) => ({ action, resource }))),
    );
}

/** Actions of Lambda itself with the function's role: logs, traces, polling streams, sending failed events. */
function callsOfLambda(one: DeployedFunction, mappings: readonly Mapping[]): Call[] {
  const group = one.arn.replace(':lambda:', ':logs:').replace(/:function:.*$/, `:log-group:${one.logGroup}`);
  const traces = ['PutTraceSegments', 'PutTelemetryRecords'].map((action) => ({
    action: `xray:${action}`,
    resource: '*',
  }));
  const own = mappings.filter(({ functionName }) => functionName === one.name);
  const polls = own.flatMap(({ sourceArn }) => [
    ...['GetRecords', 'GetShardIterator', 'DescribeStream'].map((action) => ({
      action: `dynamodb:${action}`,
      resource: sourceArn,
    })),
    { action: 'dynamodb:ListStreams', resource: '*' },
  ]);
  const givenUp = [...own, one.asynchronous].flatMap(({ onFailureArn }) =>
    onFailureArn === undefined ? [] : [{ action: 'sqs:SendMessage', resource: onFailureArn }],
  );
  return [
    ...['CreateLogStream', 'PutLogEvents'].map((action) => ({
      action: `logs:${action}`,
      resource: `${group}:log-stream:any`,
    })),
    ...(one.isTraced ? traces : []),
    ...polls,
    ...givenUp,
  ];
}
