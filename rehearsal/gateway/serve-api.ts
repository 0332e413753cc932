import { randomBytes, randomUUID } from 'node:crypto';
import { REGION } from '../aws/cloud.ts';
import type { ApiRoute, DeployedApi, DeployedFunction } from '../deployed/model.ts';
import type { Invocation } from '../functions/function-process.ts';
import { allowsService } from '../policy/statements.ts';
import { authorize, type PublishedKeys } from './authorize.ts';
import { preflight, withCors } from './cors.ts';
import { eventV1 } from './event-v1.ts';
import { eventV2 } from './event-v2.ts';
import { findRoute, pathInStage } from './find-route.ts';
import { type Outgoing, responseV1, responseV2 } from './function-response.ts';
import { gatewayResponse, type Refusal } from './gateway-response.ts';
import { headerOf, type Incoming } from './request.ts';

export interface Backend {
  readonly accountId: string;
  functionNamed(name: string): DeployedFunction | undefined;
  invoke(functionName: string, event: object): Promise<Invocation>;
  readonly keysOf: PublishedKeys;
}

const REQUEST_BYTES = 10 * 1024 * 1024;
const EVENT_BYTES = 6 * 1024 * 1024;

/** Answers a request like API Gateway with this configuration. */
export async function serveApi(api: DeployedApi, backend: Backend, incoming: Incoming): Promise<Outgoing> {
  const requestId = api.kind === 'http' ? `${randomBytes(11).toString('base64').slice(0, 15)}=` : randomUUID();
  const answer = await answerOf(api, backend, incoming, requestId);
  const outgoing = typeof answer === 'string' ? gatewayResponse(api, answer, requestId) : answer;
  const id = api.kind === 'http' ? 'apigw-requestid' : 'x-amzn-requestid';
  return { ...outgoing, headers: [...outgoing.headers, [id, requestId]] };
}

async function answerOf(
  api: DeployedApi,
  backend: Backend,
  incoming: Incoming,
  requestId: string,
): Promise<Outgoing | Refusal> {
  const path = pathInStage(api, incoming.path);
  if (path === undefined) return 'no stage';
  const match = findRoute(api, incoming.method, path);
  // A route for every method also gets preflight requests. They have no token, so its authorizer refuses them.
  const own = match?.route.authorizer === undefined ? preflight(api.cors, incoming) : undefined;
  if (own !== undefined) return own;
  if (match === undefined) return 'no route';
  if (incoming.body.length > REQUEST_BYTES) return 'too large';
  const { route, parameters } = match;
  const authorized = route.authorizer && (await authorize(api.kind, route.authorizer, incoming, backend.keysOf));
  if (typeof authorized === 'string') return authorized;
  const fn = backend.functionNamed(route.functionName);
  if (fn === undefined || !mayInvoke(api, backend.accountId, fn, route, incoming.method)) return 'not permitted';

  const facts = { ...api, apiId: api.id, accountId: backend.accountId };
  const traceId = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
  const routed = { parameters, requestId, traceId, time: new Date(), authorized };
  const { binaryMediaTypes } = api;
  const isV2 = route.payloadVersion === '2.0';
  const event = isV2
    ? eventV2(incoming, facts, { ...routed, routeKey: route.key })
    : eventV1(
        { ...incoming, path },
        facts,
        { ...routed, resource: route.path, resourceId: route.key },
        binaryMediaTypes,
      );
  if (JSON.stringify(event).length > EVENT_BYTES) return 'too large';

  const invocation = await within(route.timeoutMilliseconds, backend.invoke(fn.name, event));
  if (invocation === undefined) return 'too late';
  if (invocation.kind === 'error') return 'failed';
  const { payload } = invocation;
  const accept = headerOf(incoming.headers, 'accept');
  const answer = isV2 ? responseV2(payload) : responseV1(payload, api.kind, { accept, binaryMediaTypes });
  return answer === undefined ? 'failed' : withCors(api.cors, incoming, answer);
}

function mayInvoke(api: DeployedApi, account: string, fn: DeployedFunction, route: ApiRoute, method: string): boolean {
  const at = route.path === '$default' ? '$default' : `${method}${route.path.replace(/\{[^}]+\}/g, '*')}`;
  const sourceArn = `arn:aws:execute-api:${REGION}:${account}:${api.id}/${api.stage}/${at}`;
  const asked = { service: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn, account };
  return allowsService(fn.invokers, asked);
}

async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
