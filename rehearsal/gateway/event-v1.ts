import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Authorized } from './authorize.ts';
import {
  type ApiFacts,
  forwardedHeaders,
  groupByName,
  headerOf,
  type Incoming,
  logTime,
  percentDecoded,
  queryParameters,
} from './request.ts';

interface Routed {
  readonly authorized?: Authorized | undefined;
  readonly resource: string;
  readonly resourceId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly traceId: string;
  readonly time: Date;
}

/**
 * A REST API's event (payload format 1.0). Its `path` has no stage and stays percent-encoded. Query and path parameters
 * are decoded. Absent values are null.
 */
export function eventV1(
  incoming: Incoming,
  api: ApiFacts,
  routed: Routed,
  binaryMediaTypes: readonly string[],
): APIGatewayProxyEvent {
  const headers = groupByName(forwardedHeaders(incoming, api, routed.traceId));
  const query = groupByName(queryParameters(incoming.query));
  const isBinary = isBinaryType(headerOf(incoming.headers, 'content-type'), binaryMediaTypes);
  return {
    resource: routed.resource,
    path: incoming.path,
    httpMethod: incoming.method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastOf(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: orNull(
      Object.fromEntries(Object.entries(routed.parameters).map(([name, value]) => [name, percentDecoded(value)])),
    ),
    stageVariables: orNull({ ...api.stageVariables }),
    requestContext: {
      accountId: api.accountId,
      apiId: api.apiId,
      authorizer: routed.authorized && { claims: routed.authorized.claims },
      domainName: api.domainName,
      domainPrefix: api.apiId,
      extendedRequestId: `${routed.requestId.slice(0, 15)}=`,
      httpMethod: incoming.method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: incoming.sourceIp,
        user: null,
        userAgent: headerOf(incoming.headers, 'user-agent') ?? null,
        userArn: null,
      },
      path: `/${api.stage}${incoming.path}`,
      protocol: 'HTTP/1.1',
      requestId: routed.requestId,
      requestTime: logTime(routed.time),
      requestTimeEpoch: routed.time.getTime(),
      resourceId: routed.resourceId,
      resourcePath: routed.resource,
      stage: api.stage,
    },
    body: incoming.body.length === 0 ? null : incoming.body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: incoming.body.length > 0 && isBinary,
  };
}

/** Whether a media type is in the REST API's list of binary types, which may contain wildcards. */
export function isBinaryType(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const [type = ''] = (mediaType ?? 'application/json').toLowerCase().split(';');
  return binaryMediaTypes.some((binary) => {
    const wanted = binary.toLowerCase();
    return (
      wanted === '*/*' || wanted === type.trim() || (wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1)))
    );
  });
}

function lastOf(values: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));
}

function orNull<Values extends object>(values: Values): Values | null {
  return Object.keys(values).length === 0 ? null : values;
}
