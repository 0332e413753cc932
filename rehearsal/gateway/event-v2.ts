import type { APIGatewayProxyEventV2 } from 'aws-lambda';
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
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly traceId: string;
  readonly time: Date;
}

const TEXT = /^(text\/.*|application\/(json|javascript|xml)|[^;]+\+(json|xml))\s*(;|$)/i;

/**
 * An HTTP API's event, payload format 2.0. Its `rawPath` is decoded, despite the name, and ends before a decoded
 * question mark (seen on live gateways: github.com/hotsock/voker/pull/8); under a named stage it starts with the stage.
 */
export function eventV2(incoming: Incoming, api: ApiFacts, routed: Routed): APIGatewayProxyEventV2 {
  const headers = groupByName(
    forwardedHeaders(incoming, api, routed.traceId).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { cookie, ...others } = headers;
  const joined = Object.fromEntries(Object.entries(others).map(([name, values]) => [name, values.join(',')]));
  const query = groupByName(queryParameters(incoming.query));
  const path = rawPath(incoming.path);
  const isText = TEXT.test(headerOf(incoming.headers, 'content-type') ?? '');
  return {
    version: '2.0',
    routeKey: routed.routeKey,
    rawPath: path,
    rawQueryString: incoming.query,
    ...(cookie && { cookies: cookie.flatMap((one) => one.split(/;\s*/)) }),
    headers: joined,
    ...(Object.keys(query).length > 0 && {
      queryStringParameters: Object.fromEntries(
        Object.entries(query).map(([name, values]) => [name, values.join(',')]),
      ),
    }),
    requestContext: {
      accountId: api.accountId,
      apiId: api.apiId,
      domainName: api.domainName,
      domainPrefix: api.apiId,
      http: {
        method: incoming.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: incoming.sourceIp,
        userAgent: joined['user-agent'] ?? '',
      },
      requestId: routed.requestId,
      routeKey: routed.routeKey,
      stage: api.stage,
      time: logTime(routed.time),
      timeEpoch: routed.time.getTime(),
      ...(routed.authorized && { authorizer: { jwt: jwtOf(routed.authorized) } }),
    },
    ...(Object.keys(routed.parameters).length > 0 && { pathParameters: { ...routed.parameters } }),
    ...(Object.keys(api.stageVariables).length > 0 && { stageVariables: { ...api.stageVariables } }),
    ...(incoming.body.length > 0 && { body: incoming.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: incoming.body.length > 0 && !isText,
  };
}

function rawPath(path: string): string {
  return percentDecoded(path).replace(/\?.*$/s, '');
}

function jwtOf({ claims, scopes }: Authorized) {
  return { claims, scopes: scopes.length === 0 ? null : scopes };
}
