import type { DeployedApi } from '../deployed/model.ts';
import type { Unauthorized } from './authorize.ts';
import { gatewayError, type Outgoing } from './function-response.ts';

/** The reason why API Gateway itself answers a request. */
export type Refusal = 'no stage' | 'no route' | 'too large' | 'not permitted' | 'failed' | 'too late' | Unauthorized;

const HTTP: Readonly<Record<Refusal, readonly [status: number, message: string, challenge?: string]>> = {
  'no stage': [404, 'Not Found'],
  'no route': [404, 'Not Found'],
  'too large': [413, 'Request Entity Too Large'],
  'not permitted': [500, 'Internal Server Error'],
  failed: [500, 'Internal Server Error'],
  'too late': [503, 'Service Unavailable'],
  'no token': [401, 'Unauthorized', 'Bearer'],
  'bad token': [401, 'Unauthorized', 'Bearer scope="" error="invalid_token"'],
  'expired token': [401, 'Unauthorized', 'Bearer scope="" error="invalid_token"'],
  'other scope': [403, 'Forbidden', 'Bearer scope="" error="insufficient_scope"'],
};

const REST: Readonly<Record<Refusal, readonly [status: number, message: string, type: string]>> = {
  'no stage': [403, 'Forbidden', ''],
  'no route': [403, 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN'],
  'too large': [413, 'Request Too Long', 'REQUEST_TOO_LARGE'],
  'not permitted': [500, 'Internal server error', 'API_CONFIGURATION_ERROR'],
  failed: [502, 'Internal server error', 'DEFAULT_5XX'],
  'too late': [504, 'Endpoint request timed out', 'INTEGRATION_TIMEOUT'],
  'no token': [401, 'Unauthorized', 'UNAUTHORIZED'],
  'bad token': [401, 'Unauthorized', 'UNAUTHORIZED'],
  'expired token': [401, 'The incoming token has expired', 'UNAUTHORIZED'],
  'other scope': [401, 'Unauthorized', 'UNAUTHORIZED'],
};

/** API Gateway's own response. A REST API may have custom ones. */
export function gatewayResponse(api: DeployedApi, refusal: Refusal, requestId: string): Outgoing {
  if (api.kind === 'http') {
    const [status, message, challenge] = HTTP[refusal];
    return withHeaders(gatewayError(status, message), challenge === undefined ? {} : { 'www-authenticate': challenge });
  }
  const [status, message, type] = REST[refusal];
  const errorType = type === 'UNAUTHORIZED' ? { 'x-amzn-errortype': 'UnauthorizedException' } : {};
  const group = status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
  const chosen = type === '' ? undefined : (api.gatewayResponses[type] ?? api.gatewayResponses[group]);
  if (chosen === undefined) return withHeaders(gatewayError(status, message), errorType);
  const body = chosen.template
    .replaceAll('$context.error.messageString', JSON.stringify(message))
    .replaceAll('$context.error.message', message)
    .replaceAll('$context.requestId', requestId);
  const answer = { status: chosen.status ?? status, headers: [], body: Buffer.from(body) };
  return withHeaders(answer, { 'content-type': 'application/json', ...errorType, ...chosen.headers });
}

function withHeaders(answer: Outgoing, headers: Readonly<Record<string, string>>): Outgoing {
  return { ...answer, headers: [...answer.headers, ...Object.entries(headers)] };
}
