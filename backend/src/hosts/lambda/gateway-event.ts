import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export type GatewayEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/**
 * Converts an event to the form that the app expects: the path as the caller wrote it, with the base path in front, and
 * a body only if the method allows one. An HTTP API (payload 2.0) decodes the path and puts a named stage in front. A
 * REST API (payload 1.0) leaves the path encoded and removes the stage.
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
 * Restores the data that the conversion from event to request loses: a method that `fetch` does not allow, and header
 * values that are not ASCII. Hono percent-encodes such values, so an invalid key could look valid.
 */
export function restoreOriginal(request: Request, event: GatewayEvent): Request {
  const method = methodOf(event);
  if (method !== request.method) Object.defineProperty(request, 'method', { value: method });
  for (const [name, value = ''] of Object.entries(event.headers ?? {})) {
    // A header value is a sequence of bytes. Node shows each byte as one character, and this code does the same.
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
