import type { DeployedApi } from '../deployed/model.ts';
import { gatewayAnswer, type Outgoing } from './answer.ts';

/** Why API Gateway answers by itself, without the function or instead of it. */
export type Refusal = 'no stage' | 'no route' | 'too large' | 'not permitted' | 'failed' | 'too late';

const HTTP: Readonly<Record<Refusal, readonly [status: number, message: string]>> = {
  'no stage': [404, 'Not Found'],
  'no route': [404, 'Not Found'],
  'too large': [413, 'Request Entity Too Large'],
  'not permitted': [500, 'Internal Server Error'],
  failed: [500, 'Internal Server Error'],
  'too late': [503, 'Service Unavailable'],
};

const REST: Readonly<Record<Refusal, readonly [status: number, message: string, type: string]>> = {
  'no stage': [403, 'Forbidden', ''],
  'no route': [403, 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN'],
  'too large': [413, 'Request Too Long', 'REQUEST_TOO_LARGE'],
  'not permitted': [500, 'Internal server error', 'API_CONFIGURATION_ERROR'],
  failed: [502, 'Internal server error', 'DEFAULT_5XX'],
  'too late': [504, 'Endpoint request timed out', 'INTEGRATION_TIMEOUT'],
};

/** API Gateway's own words; those of a REST API may have been chosen. */
export function ownAnswer(api: DeployedApi, refusal: Refusal, requestId: string): Outgoing {
  if (api.kind === 'http') return gatewayAnswer(...HTTP[refusal]);
  const [status, message, type] = REST[refusal];
  const group = status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
  const chosen = type === '' ? undefined : (api.gatewayResponses[type] ?? api.gatewayResponses[group]);
  if (chosen === undefined) return gatewayAnswer(status, message);
  const body = chosen.template
    .replaceAll('$context.error.messageString', JSON.stringify(message))
    .replaceAll('$context.error.message', message)
    .replaceAll('$context.requestId', requestId);
  return { status: chosen.status ?? status, headers: [['content-type', chosen.contentType]], body: Buffer.from(body) };
}
