import type { Cors } from '../deployed/model.ts';
import type { Outgoing } from './function-response.ts';
import { headerOf, type Incoming } from './request.ts';

/** An HTTP API's own response to a preflight request, if CORS is configured. */
export function preflight(cors: Cors | undefined, { method, headers }: Incoming): Outgoing | undefined {
  const asked = headerOf(headers, 'access-control-request-method');
  if (cors === undefined || method !== 'OPTIONS' || asked === undefined) return undefined;
  return { status: 204, headers: corsHeaders(cors, headerOf(headers, 'origin'), true), body: Buffer.alloc(0) };
}

/** With a CORS configuration an HTTP API sets these headers itself and ignores the function's. */
export function withCors(cors: Cors | undefined, incoming: Incoming, answer: Outgoing): Outgoing {
  if (cors === undefined) return answer;
  const own = answer.headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
  return { ...answer, headers: [...own, ...corsHeaders(cors, headerOf(incoming.headers, 'origin'), false)] };
}

function corsHeaders(cors: Cors, origin: string | undefined, isPreflight: boolean): [string, string][] {
  if (origin === undefined || !(cors.origins.includes('*') || cors.origins.includes(origin))) return [];
  const list = (name: string, values: readonly string[]): [string, string][] =>
    values.length === 0 ? [] : [[name, values.join(',')]];
  return [
    ['access-control-allow-origin', cors.origins.includes('*') ? '*' : origin],
    ...(cors.credentials ? [['access-control-allow-credentials', 'true'] as [string, string]] : []),
    ...list('access-control-expose-headers', isPreflight ? [] : cors.exposed),
    ...list('access-control-allow-methods', isPreflight ? cors.methods : []),
    ...list('access-control-allow-headers', isPreflight ? cors.headers : []),
    ...(isPreflight && cors.maxAgeSeconds !== undefined
      ? [['access-control-max-age', String(cors.maxAgeSeconds)] as [string, string]]
      : []),
  ];
}
