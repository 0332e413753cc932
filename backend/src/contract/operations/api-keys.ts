import { ApiKey, NewApiKey } from '@curlew/core/api-key';
import type { apiKeyRoutes } from '../../http/api-keys.ts';
import { IssuedApiKeyAnswer } from '../../http/api-keys.ts';
import { apiKey, IDS } from './example-data.ts';
import { get, post, remove } from './test-request.ts';
import { type OperationTexts, type SchemaName, textsOf } from './text-types.ts';

export const apiKeysOperations = {
  createApiKey: {
    summary: 'Create an API key',
    description:
      'The key acts for its user within its scopes until it expires or is revoked. Send it as `Authorization: Bearer …` or as `x-api-key`. A scope grants a right only while the user has that right. The key never has more rights than its creator has, or had when the key was created; it works only while the creator is active. A key that was created with another key has at most the scopes of that key, expires no later, and is revoked with it. Only an operator creates keys for an operator, each for their own account.',
    successes: ['The API key.'],
    examples: {
      bodies: {
        'For a help form': {
          name: apiKey.name,
          userId: IDS.agent,
          scopes: apiKey.scopes,
          expiresAt: '2027-03-03T00:00:00Z',
        },
        'For a report that only reads': { name: 'Weekly report', scopes: ['read'] },
      },
      answers: {
        201: { 'A new key': { ...apiKey, key: `${apiKey.start}…` } },
      },
    },
    access: ['api-keys:manage', 'none', 'own', 'own', 'all', 'all'],
    request: { send: () => post('/v1/api-keys', { name: 'New', scopes: ['tickets:read'] }), also: 'forbidden' },
  },
  listApiKeys: {
    summary: 'List API keys',
    description: "The caller's own keys; for admins all keys, or the keys of one user. Revoked keys are not listed.",
    query: { userId: 'Keys of this user only.' },
    successes: ['A page of API keys.'],
    examples: {
      query: { limit: 50, sort: 'createdAt', userId: IDS.agent },
      answers: { 200: { 'One key': [{ ...apiKey, lastUsedAt: '2026-03-03T09:00:00.417Z' }] } },
    },
    access: ['api-keys:manage', 'none', 'own', 'own', 'all', 'all'],
    request: { send: () => get('/v1/api-keys') },
  },
  getApiKey: {
    summary: 'Read an API key',
    description: 'Use of the key changes `lastUsedAt`, but not the version.',
    successes: ['The API key.'],
    examples: { answers: { 200: { 'A key in use': { ...apiKey, lastUsedAt: '2026-03-03T09:00:00.417Z' } } } },
    access: ['api-keys:manage', 'none', 'own', 'own', 'all', 'all'],
    request: { on: 'apiKey', send: ({ apiKey }) => get(`/v1/api-keys/${apiKey}`) },
  },
  revokeApiKey: {
    summary: 'Revoke an API key',
    description:
      'Permanent. The key and all keys that were created with it stop working within a minute. To replace a key, sign in or use another key to create the new one.',
    successes: ['Revoked.'],
    access: ['api-keys:manage', 'none', 'own', 'own', 'all', 'all'],
    request: { on: 'apiKey', send: ({ apiKey }) => remove(`/v1/api-keys/${apiKey}`) },
  },
} as const satisfies OperationTexts<typeof apiKeyRoutes>;

export const apiKeysSchemas = [
  textsOf(ApiKey, {
    userId: 'The user whose rights the key uses, limited by its scopes.',
    scopes: 'The rights that the key grants, if its user has them.',
    start: 'The first characters of the key, to recognise it.',
    createdById: 'The user who created the key.',
    createdByKeyId:
      'The API key with which the key was created, and with which it ends; null if its creator used none.',
    expiresAt: 'The instant from which the key no longer works; null means that it never expires.',
    lastUsedAt: 'The last use, accurate to the hour; null before the first use.',
  }),
  textsOf(NewApiKey, {
    scopes:
      '`read` stands for all rights that end in `:read`, `write` for all rights. A scope that ends in `:write` or `:manage` includes reading the resource that a request writes, in its answer.',
    userId: 'The caller by default; admins may name another user.',
  }),
  textsOf(IssuedApiKeyAnswer, { key: 'The key itself. It is shown only in this response, and is not stored.' }),
];

export const apiKeysNames: readonly SchemaName[] = [
  [ApiKey, 'ApiKey', 'A key with which a program acts for a user, limited by its scopes.'],
  [ApiKey.shape.scopes.element, 'Right'],
  [NewApiKey.shape.scopes.element, 'Scope'],
  [
    IssuedApiKeyAnswer,
    'IssuedApiKey',
    'An API key with its secret text, which is shown only in this response.',
    'ApiKey',
  ],
];

export const apiKeysBodies = {
  NewApiKey: 'By default the key never expires and acts for the caller.',
};
