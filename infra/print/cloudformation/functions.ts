import { zipName } from '../../../backend/build/zip-name.ts';
import { tableVariable } from '../../../backend/src/hosts/lambda/config.ts';
import type { FunctionDesign } from '../../../backend/src/hosts/lambda/functions.ts';
import { FILES_NAME } from './files.ts';
import { getAtt, ref, sub } from './intrinsics.ts';
import { functionId, named } from './names.ts';
import { permissions } from './permissions.ts';
import { PRINTED_FUNCTIONS } from './printed-functions.ts';
import type { Resource, Section } from './section.ts';

/** Each function with its log group and its role. */
export function functions(): readonly Section[] {
  return PRINTED_FUNCTIONS.map((design) => {
    const id = functionId(design.name);
    const parts = { [`${id}Logs`]: logGroup(design), [`${id}Role`]: role(design), [id]: lambda(design) };
    return {
      comment: `${named(design.name).toJSON()}: ${design.description}.`,
      resources: Object.fromEntries(
        Object.entries(parts).map(([name, { Type, ...rest }]) => [name, { Type, ...inLayout(design), ...rest }]),
      ),
    };
  });
}

/** The condition for the function's layout. Functions without HTTP routes exist in both layouts. */
function inLayout(design: FunctionDesign): { Condition?: string } {
  if (design.trigger !== 'http') return {};
  return { Condition: design.name === 'all' ? 'OneFunction' : 'PerService' };
}

function logGroup(design: FunctionDesign): Resource {
  return {
    Type: 'AWS::Logs::LogGroup',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: {
      LogGroupName: sub(`/aws/lambda/support-${design.name}-\${Environment}`),
      RetentionInDays: ref('LogRetentionDays'),
    },
  };
}

function role(design: FunctionDesign): Resource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: 'exactly-what-it-calls',
          PolicyDocument: { Version: '2012-10-17', Statement: permissions(design) },
        },
      ],
    },
  };
}

function lambda(design: FunctionDesign): Resource {
  const id = functionId(design.name);
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: named(design.name),
      Description: design.description,
      Code: `../../dist/${zipName(design.name)}`,
      Handler: 'index.handler',
      Runtime: ref('Runtime'),
      Architectures: [ref('Architecture')],
      MemorySize: design.memoryMegabytes,
      Timeout: design.timeoutSeconds,
      Role: getAtt(`${id}Role`, 'Arn'),
      LoggingConfig: { LogGroup: ref(`${id}Logs`) },
      TracingConfig: { Mode: 'Active' },
      Environment: { Variables: variables(design) },
    },
  };
}

function variables(design: FunctionDesign): Record<string, unknown> {
  const tables = Object.keys(design.tables).map((table) => [tableVariable(table), named(table)]);
  // Tables are given by name, because SAM replaces a reference to a table with its logical id.
  return {
    // The paths of the API start with the stage: https://….amazonaws.com/dev/v1/tickets.
    ...(design.trigger === 'http'
      ? { CURLEW_AUTH: ref('Auth'), CURLEW_BASE_PATH: sub(`/\${Environment}`), CURLEW_RATE_LIMIT: ref('RateLimit') }
      : {}),
    ...(design.trigger === 'streams' ? { EVENT_BUS: named('events') } : {}),
    ...(design.reading === undefined
      ? {}
      : {
          TEXT_ANALYZER: ref('TextAnalyzer'),
          COMPREHEND_CLASSIFIER: ref('ComprehendClassifier'),
          FILES_BUCKET: FILES_NAME,
        }),
    ...Object.fromEntries(tables),
    POWERTOOLS_SERVICE_NAME: design.name,
    POWERTOOLS_METRICS_NAMESPACE: 'Curlew',
  };
}
