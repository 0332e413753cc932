import {
  ApiKey,
  type ApiKeyDeps,
  type ApiKeyRecord,
  createApiKey,
  type IssuedApiKey,
  listApiKeys,
  NewApiKey,
  readApiKey,
  revokeApiKey,
} from '@curlew/core/api-key';
import { UserId } from '@curlew/core/kernel';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { etagOf } from './etag.ts';
import { creationSort, pageParameters, sortedPage } from './query.ts';
import { empty, json, type Reply } from './reply.ts';

export type ApiKeyPorts = Omit<ApiKeyDeps, 'ctx'>;

const route = routesFor<ApiKeyPorts>();

export const IssuedApiKeyAnswer = ApiKey.extend({
  key: z.string(),
});

const ApiKeyListQuery = z.strictObject({
  ...pageParameters,
  sort: creationSort,
  userId: UserId.optional(),
});

export const apiKeyRoutes = [
  route({
    id: 'createApiKey',
    right: 'api-keys:manage',
    changesCallers: true,
    method: 'POST',
    path: '/api-keys',
    body: { schema: NewApiKey, kind: 'create' },
    accepts: ['Idempotency-Key'],
    showsSecret: true,
    successes: [{ status: 201, schema: IssuedApiKeyAnswer }],
    problems: ['already_issued', 'too_many_api_keys'],
    run: (deps, { body }) => createApiKey(deps, body),
    reply: (issued: IssuedApiKey, { path }) => {
      const { apiKey } = issued.record;
      const headers = { etag: etagOf(apiKey.version), location: `${path}/${apiKey.id}` };
      return json(201, { ...apiKey, key: issued.text }, headers);
    },
  }),
  route({
    id: 'listApiKeys',
    right: 'api-keys:manage',
    method: 'GET',
    path: '/api-keys',
    query: ApiKeyListQuery,
    successes: [{ status: 200, schema: z.array(ApiKey) }],
    problems: ['invalid_cursor'],
    run: (deps, call) => {
      const { userId } = call.query;
      return listApiKeys(deps, { ...sortedPage(call), ...(userId === undefined ? {} : { userId }) });
    },
    reply: (page, call) => call.paged(page),
  }),
  route({
    id: 'getApiKey',
    right: 'api-keys:manage',
    method: 'GET',
    path: '/api-keys/{apiKeyId}',
    successes: [{ status: 200, schema: ApiKey }],
    problems: ['not_found'],
    run: (deps, { params }) => readApiKey(deps, params.apiKeyId ?? ''),
    reply: (found) => apiKeyReply(found),
  }),
  route({
    id: 'revokeApiKey',
    right: 'api-keys:manage',
    changesCallers: true,
    method: 'DELETE',
    path: '/api-keys/{apiKeyId}',
    accepts: ['If-Match'],
    successes: [{ status: 204 }],
    problems: ['not_found', 'precondition_failed'],
    run: (deps, { params, expected }) => revokeApiKey(deps, params.apiKeyId ?? '', expected),
    reply: () => empty(204),
  }),
];

function apiKeyReply({ apiKey }: ApiKeyRecord): Reply {
  return json(200, apiKey, { etag: etagOf(apiKey.version) });
}
