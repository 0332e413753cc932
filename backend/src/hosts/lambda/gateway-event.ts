import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export type GatewayEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/**
 * An event as the app understands it: the path as the caller wrote it, with the base path in front, and a body only
 * where a request can have one. An HTTP API (payload 2.0) hands paths on decoded, with a named stage in front; a REST
 * API (payload 1.0) leaves them encoded and takes its stage away.
 */
export function readGatewayEvent<Event extends GatewayEvent>(event: Event, basePath: string): Event {
  const method = methodForFetch(methodOf(event));
  const body = method === 'GET' || method === 'HEAD' ? { body: null } : {};
  if (isVersion2(event)) {
    const { requestContext, rawPath } = event;
    return {
      ...event,
      ...body,
      requestContext: { ...requestContext, http: { ...requestContext.http, method } },
      rawPath: withBasePath(encodePath(rawPath), basePath),
    };
  }
  const { path } = event as APIGatewayProxyEvent;
  return { ...event, ...body, httpMethod: method, path: withBasePath(path, basePath) };
}

/**
 * Puts back into a request what was lost when it was made from the event: a method that fetch does not know, and
 * headers that are not ASCII. Those came percent-encoded, so that a key to be refused would have looked valid.
 */
export function restoreOriginal(request: Request, event: GatewayEvent): Request {
  const method = methodOf(event);
  if (method !== request.method) Object.defineProperty(request, 'method', { value: method });
  for (const [name, value = ''] of Object.entries(event.headers ?? {})) {
    // A header holds bytes; Node shows each as a character, and so does this.
    if (!isAscii(value)) request.headers.set(name, Buffer.from(value).toString('latin1'));
  }
  return request;
}

function methodOf(event: GatewayEvent): string {
  return isVersion2(event) ? event.requestContext.http.method : (event as APIGatewayProxyEvent).httpMethod;
}

function methodForFetch(method: string): string {
  return ['TRACE', 'TRACK', 'CONNECT'].includes(method) ? 'GET' : method;
}

function isVersion2(event: GatewayEvent): event is Extract<GatewayEvent, APIGatewayProxyEventV2> {
  return 'rawPath' in event;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function withBasePath(path: string, basePath: string): string {
  return path === basePath || path.startsWith(`${basePath}/`) ? path : `${basePath}${path}`;
}
