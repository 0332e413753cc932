import {
  GetApisCommand,
  GetAuthorizerCommand,
  GetIntegrationCommand,
  GetRoutesCommand,
  GetStagesCommand,
  type Route,
} from '@aws-sdk/client-apigatewayv2';
import type { Cloud } from '../aws/cloud.ts';
import type { ApiRoute, Authorizer, DeployedApi } from './model.ts';

const JWT_SOURCE = '$request.header.Authorization';

/** Reads the deployed HTTP API. Throws unless there is exactly one. */
export async function readHttpApi({ httpApis }: Cloud, domainName: string): Promise<DeployedApi> {
  const { Items: apis = [] } = await httpApis.send(new GetApisCommand({}));
  const [api] = apis.filter(({ ProtocolType }) => ProtocolType === 'HTTP');
  if (api === undefined || apis.length !== 1) throw new Error(`There are ${apis.length} HTTP APIs instead of one.`);
  const ApiId = api.ApiId ?? '';
  const { Items: stages = [] } = await httpApis.send(new GetStagesCommand({ ApiId }));
  const [stage] = stages;
  if (stage === undefined || stages.length !== 1) throw new Error(`There are ${stages.length} stages instead of one.`);
  const { Items: routes = [] } = await httpApis.send(new GetRoutesCommand({ ApiId, MaxResults: '1000' }));
  const cors = api.CorsConfiguration;
  return {
    kind: 'http',
    id: ApiId,
    domainName,
    stage: stage.StageName ?? '',
    stageVariables: stage.StageVariables ?? {},
    routes: await Promise.all(routes.map(readRoute)),
    binaryMediaTypes: [],
    gatewayResponses: {},
    cors:
      cors === undefined || (cors.AllowOrigins ?? []).length === 0
        ? undefined
        : {
            origins: cors.AllowOrigins ?? [],
            methods: cors.AllowMethods ?? [],
            headers: cors.AllowHeaders ?? [],
            exposed: cors.ExposeHeaders ?? [],
            credentials: cors.AllowCredentials ?? false,
            maxAgeSeconds: cors.MaxAge,
          },
  };

  async function readRoute(route: Route): Promise<ApiRoute> {
    const { RouteKey = '', Target = '' } = route;
    const IntegrationId = Target.replace('integrations/', '');
    const integration = await httpApis.send(new GetIntegrationCommand({ ApiId, IntegrationId }));
    const [method = '', path = ''] = RouteKey === '$default' ? ['ANY', '$default'] : RouteKey.split(' ');
    return {
      method,
      path,
      key: RouteKey,
      functionName: functionOf(integration.IntegrationUri ?? ''),
      payloadVersion: integration.PayloadFormatVersion ?? '1.0',
      timeoutMilliseconds: integration.TimeoutInMillis ?? 30_000,
      ...(await authorizerOf(route)),
    };
  }

  async function authorizerOf({
    AuthorizationType,
    AuthorizerId,
    AuthorizationScopes,
    RouteKey,
  }: Route): Promise<{ authorizer?: Authorizer }> {
    if (AuthorizationType === undefined || AuthorizationType === 'NONE') return {};
    const { AuthorizerType, IdentitySource, JwtConfiguration } = await httpApis.send(
      new GetAuthorizerCommand({ ApiId, AuthorizerId }),
    );
    if (AuthorizationType !== 'JWT' || AuthorizerType !== 'JWT' || String(IdentitySource) !== JWT_SOURCE)
      throw new Error(
        `${RouteKey} uses an authorizer that the rehearsal does not support: ${AuthorizerType} in ${IdentitySource}.`,
      );
    const { Issuer, Audience = [] } = JwtConfiguration ?? {};
    return {
      authorizer: {
        issuers: Issuer === undefined ? [] : [Issuer],
        audiences: Audience,
        scopes: AuthorizationScopes ?? [],
      },
    };
  }
}

/** The function's name in an integration's URI. The URI is the function's ARN, or a path that contains it. */
export function functionOf(uri: string): string {
  const name = /:function:([\w-]+)/.exec(uri)?.[1];
  if (name === undefined) throw new Error(`An integration calls no function: ${uri}`);
  return name;
}
