import { createHash } from 'node:crypto';
import { FUNCTIONS } from '../../../backend/src/hosts/lambda/functions.ts';
import { generatedFiles } from '../data/generated.ts';
import { getAtt, ifElse, ref, sub, subWith } from './intrinsics.ts';
import { API_ID, functionId, logicalId, named } from './names.ts';
import type { Resource, Section } from './section.ts';

interface Route {
  readonly path: string;
  readonly service: string;
}

/** The service that answers requests without a route, with the API's problem documents. */
const DEFAULT_SERVICE = 'service';

export function restApi(): readonly Section[] {
  const routes: Route[] = JSON.parse(generatedFiles().get('routes.json') ?? '[]');
  const tree = {
    comment: 'The paths of the REST API, and the function that answers each path.',
    resources: paths([...routes, { path: '/{proxy+}', service: DEFAULT_SERVICE }]),
  };
  return [
    {
      comment: 'The REST API.',
      resources: {
        [API_ID]: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: { Name: named('api'), EndpointConfiguration: { Types: ['REGIONAL'] } },
        },
      },
    },
    tree,
    { comment: 'Permissions of the REST API to call functions.', resources: callers() },
    {
      comment:
        'A deployment is a copy of the paths. Its logical id contains their hash, so that new paths cause a new deployment.',
      resources: deployments(tree.resources),
    },
  ];
}

function paths(routes: readonly Route[]): Record<string, Resource> {
  const resources: Record<string, Resource> = {};
  const services = new Map(routes.map(({ path, service }) => [path, service]));
  for (const path of new Set(routes.flatMap((route) => [...ancestors(route.path), route.path]))) {
    const parts = partsOf(path);
    const [last] = parts.slice(-1);
    if (last !== undefined) resources[pathId(parts)] = pathResource(parts.slice(0, -1), last);
    // API Gateway sends its own error for a path without a method, such as /v1/analytics, so every path has a method.
    resources[`${pathId(parts)}Any`] = anyMethod(parts, services.get(path) ?? DEFAULT_SERVICE);
  }
  return resources;
}

/** The parent paths of a path: `/v1/docs/errors` → `/v1`, `/v1/docs`. */
function ancestors(path: string): string[] {
  const parts = partsOf(path);
  return parts.slice(1).map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function pathResource(parent: readonly string[], part: string): Resource {
  return {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref(API_ID), ParentId: pathRef(parent), PathPart: part },
  };
}

function pathId(parts: readonly string[]): string {
  return parts.length === 0 ? 'RootPath' : `${logicalId(parts.join('-'))}Path`;
}

function pathRef(parts: readonly string[]) {
  return parts.length === 0 ? getAtt(API_ID, 'RootResourceId') : ref(pathId(parts));
}

function anyMethod(parts: readonly string[], service: string): Resource {
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref(API_ID),
      ResourceId: pathRef(parts),
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: invocation(service),
      },
    },
  };
}

/** Contains the function's name, because SAM cannot resolve the ARN of a function that has a name and a condition. */
function invocation(service: string) {
  const lambda = `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:support-\${Name}-\${Environment}`;
  const call = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions`;
  return subWith(`${call}/${lambda}/invocations`, { Name: ifElse('PerService', service, 'all') });
}

function callers(): Record<string, Resource> {
  const called = FUNCTIONS.filter(({ trigger }) => trigger === 'http');
  return Object.fromEntries(
    called.map(({ name }) => [
      `${functionId(name)}Caller`,
      {
        Type: 'AWS::Lambda::Permission',
        Condition: name === 'all' ? 'OneFunction' : 'PerService',
        Properties: {
          FunctionName: ref(functionId(name)),
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: sub(
            `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${API_ID}}/\${Environment}/*`,
          ),
        },
      },
    ]),
  );
}

/** One deployment for each layout, because a change of the layout must also give the stage a new deployment. */
function deployments(paths: Record<string, Resource>): Record<string, Resource> {
  const digest = createHash('sha256').update(JSON.stringify(paths)).digest('hex').slice(0, 8);
  return Object.fromEntries(
    ['OneFunction', 'PerService'].map((condition) => [
      `Deployment${condition}${digest}`,
      {
        Type: 'AWS::ApiGateway::Deployment',
        Condition: condition,
        DependsOn: Object.keys(paths).filter((id) => id.endsWith('Any')),
        Properties: { RestApiId: ref(API_ID), StageName: ref('Environment') },
      },
    ]),
  );
}
