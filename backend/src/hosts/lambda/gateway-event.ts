import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export type GatewayEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/**
 * An event as the app understands it: the path as the caller wrote it, with the base path in front, and a body only
 * where a request can have one. An HTTP API (payload 2.0) hands paths on decoded, with a named stage in front; a REST
 * API (payload 1.0) leaves them encoded and takes its stage away.
 */
export function readGatewayEvent<Event extends GatewayEvent>(event: Event, basePath: string): Event {
  if (isVersion2(event)) {
    const { method } = event.requestContext.http;
    return { ...withBody(event, method), rawPath: prefixed(encoded(event.rawPath), basePath) };
  }
  const { path, httpMethod } = event as APIGatewayProxyEvent;
  return { ...withBody(event, httpMethod), path: prefixed(path, basePath) };
}

function isVersion2(event: GatewayEvent): event is Extract<GatewayEvent, APIGatewayProxyEventV2> {
  return 'rawPath' in event;
}

function withBody<Event extends GatewayEvent>(event: Event, method: string): Event {
  return method === 'GET' || method === 'HEAD' ? { ...event, body: null } : event;
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function prefixed(path: string, basePath: string): string {
  return path === basePath || path.startsWith(`${basePath}/`) ? path : `${basePath}${path}`;
}
