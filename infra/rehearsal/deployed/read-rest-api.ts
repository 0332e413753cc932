import {
  GetDeploymentsCommand,
  GetGatewayResponsesCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type Resource,
} from '@aws-sdk/client-api-gateway';
import type { Cloud } from './cloud.ts';
import type { ApiRoute, DeployedApi, GatewayResponse } from './model.ts';
import { functionOf } from './read-http-api.ts';

/** The REST API as API Gateway holds it. Throws when there is none, or when its stage serves no deployment. */
export async function readRestApi({ restApis }: Cloud, domainName: string): Promise<DeployedApi> {
  const { items: apis = [] } = await restApis.send(new GetRestApisCommand({}));
  const [api] = apis;
  if (api === undefined || apis.length !== 1)
    throw new Error(`There are ${apis.length} REST APIs where one should be.`);
  const restApiId = api.id ?? '';
  const { item: stages = [] } = await restApis.send(new GetStagesCommand({ restApiId }));
  const [stage] = stages;
  if (stage === undefined || stages.length !== 1)
    throw new Error(`There are ${stages.length} stages where one should be.`);
  const { items: deployments = [] } = await restApis.send(new GetDeploymentsCommand({ restApiId }));
  if (!deployments.some(({ id }) => id === stage.deploymentId)) throw new Error('The stage serves no deployment.');
  const resources: Resource[] = [];
  let position: string | undefined;
  do {
    const page = await restApis.send(new GetResourcesCommand({ restApiId, limit: 500, embed: ['methods'], position }));
    resources.push(...(page.items ?? []));
    position = page.position;
  } while (position !== undefined);
  return {
    kind: 'rest',
    id: restApiId,
    domainName,
    stage: stage.stageName ?? '',
    stageVariables: stage.variables ?? {},
    routes: resources.flatMap(routesOf),
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
            // A fixed text stands in quotes.
            contentType: (responseParameters?.['gatewayresponse.header.Content-Type'] ?? 'application/json').replaceAll(
              "'",
              '',
            ),
            template: responseTemplates?.['application/json'] ?? '',
          },
        ]),
    );
  }
}

function routesOf({ id = '', path = '', resourceMethods }: Resource): ApiRoute[] {
  return Object.entries(resourceMethods ?? {}).map(([method, { methodIntegration }]) => {
    if (methodIntegration?.type !== 'AWS_PROXY') throw new Error(`${method} ${path} is no Lambda proxy.`);
    return {
      method,
      path,
      key: id,
      functionName: functionOf(methodIntegration.uri ?? ''),
      payloadVersion: '1.0',
      timeoutMilliseconds: methodIntegration.timeoutInMillis ?? 29_000,
    };
  });
}
