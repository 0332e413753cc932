import {
  type Authorizer as CloudAuthorizer,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetGatewayResponsesCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type Method,
  type Resource,
} from '@aws-sdk/client-api-gateway';
import type { Cloud } from '../aws/cloud.ts';
import type { ApiRoute, Authorizer, DeployedApi, GatewayResponse } from './model.ts';
import { functionOf } from './read-http-api.ts';

/** Reads the deployed REST API. Throws unless there is exactly one, whose stage has a deployment. */
export async function readRestApi({ restApis }: Cloud, domainName: string): Promise<DeployedApi> {
  const { items: apis = [] } = await restApis.send(new GetRestApisCommand({}));
  const [api] = apis;
  if (api === undefined || apis.length !== 1) throw new Error(`There are ${apis.length} REST APIs instead of one.`);
  const restApiId = api.id ?? '';
  const { item: stages = [] } = await restApis.send(new GetStagesCommand({ restApiId }));
  const [stage] = stages;
  if (stage === undefined || stages.length !== 1) throw new Error(`There are ${stages.length} stages instead of one.`);
  const { items: deployments = [] } = await restApis.send(new GetDeploymentsCommand({ restApiId }));
  if (!deployments.some(({ id }) => id === stage.deploymentId)) throw new Error('The stage has no deployment.');
  const resources: Resource[] = [];
  let position: string | undefined;
  do {
    const page = await restApis.send(new GetResourcesCommand({ restApiId, limit: 500, embed: ['methods'], position }));
    resources.push(...(page.items ?? []));
    position = page.position;
  } while (position !== undefined);
  const { items: authorizers = [] } = await restApis.send(new GetAuthorizersCommand({ restApiId, limit: 500 }));
  return {
    kind: 'rest',
    id: restApiId,
    domainName,
    stage: stage.stageName ?? '',
    stageVariables: stage.variables ?? {},
    routes: resources.flatMap((resource) => routesOf(resource, authorizers)),
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    cors: undefined,
    gatewayResponses: await gatewayResponsesOf(restApiId),
  };

  async function gatewayResponsesOf(restApiId: string): Promise<Record<string, GatewayResponse>> {
    const { items = [] } = await restApis.send(new GetGatewayResponsesCommand({ restApiId, limit: 500 }));
    return Object.fromEntries(
      items
        .filter(({ responseTemplates }) => responseTemplates?.['application/json'] !== undefined)
        .map(({ responseType = '', statusCode, responseTemplates, responseParameters }) => [
          responseType as string,
          {
            status: statusCode === undefined ? undefined : Number(statusCode),
            headers: fixedHeaders(responseParameters ?? {}),
            template: responseTemplates?.['application/json'] ?? '',
          },
        ]),
    );
  }
}

/** `gatewayresponse.header.Content-Type` = `'text/plain'`: the value is a literal in quotes. */
function fixedHeaders(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace('gatewayresponse.header.', '').toLowerCase(),
      value.replace(/^'(.*)'$/, '$1'),
    ]),
  );
}

function routesOf(
  { id = '', path = '', resourceMethods }: Resource,
  authorizers: readonly CloudAuthorizer[],
): ApiRoute[] {
  return Object.entries(resourceMethods ?? {}).map(([method, asked]) => {
    const { methodIntegration } = asked;
    if (methodIntegration?.type !== 'AWS_PROXY')
      throw new Error(`${method} ${path} is not a Lambda proxy integration.`);
    return {
      method,
      path,
      key: id,
      functionName: functionOf(methodIntegration.uri ?? ''),
      payloadVersion: '1.0',
      timeoutMilliseconds: methodIntegration.timeoutInMillis ?? 29_000,
      ...authorizerOf(asked, authorizers),
    };
  });
}

function authorizerOf(
  { authorizationType = 'NONE', authorizerId, authorizationScopes }: Method,
  authorizers: readonly CloudAuthorizer[],
): { authorizer?: Authorizer } {
  if (authorizationType === 'NONE') return {};
  const found = authorizers.find(({ id }) => id === authorizerId);
  if (authorizationType !== 'COGNITO_USER_POOLS' || found?.identitySource !== 'method.request.header.Authorization')
    throw new Error(
      `A method uses an authorizer that the rehearsal does not support: ${authorizationType} in ${found?.identitySource}.`,
    );
  const issuers = (found.providerARNs ?? []).map(issuerOfPool);
  return { authorizer: { issuers, audiences: [], scopes: authorizationScopes ?? [] } };
}

function issuerOfPool(arn: string): string {
  const [, , , region, , pool = ''] = arn.split(':');
  return `https://cognito-idp.${region}.amazonaws.com/${pool.replace('userpool/', '')}`;
}
