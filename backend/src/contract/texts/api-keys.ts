import { ApiKey, NewApiKey } from '@curlew/core/api-key';
import type { apiKeyRoutes } from '../../http/api-keys.ts';
import { IssuedApiKeyAnswer } from '../../http/api-keys.ts';
import { apiKey, IDS } from './example-data.ts';
import { get, post, remove } from './test-request.ts';
import { type OperationTexts, textsOf } from './text-types.ts';

export const apiKeysOperations = {
  createApiKey: {
    summary: 'Create an API key',
    description:
      'It acts for its user within its scopes, sent as `Authorization: Bearer …` or as `x-api-key`, until it expires or is revoked. A scope brings a right as long as the user has it; a key that was made with a key has no more scopes than that one, and expires with it at the latest.',
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
    description: 'Those of the caller; for admins all, or those of one user. Revoked ones are not among them.',
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
    description: 'Its use changes `lastUsedAt`, and no version.',
    successes: ['The API key.'],
    examples: { answers: { 200: { 'A key in use': { ...apiKey, lastUsedAt: '2026-03-03T09:00:00.417Z' } } } },
    access: ['api-keys:manage', 'none', 'own', 'own', 'all', 'all'],
    request: { on: 'apiKey', send: ({ apiKey }) => get(`/v1/api-keys/${apiKey}`) },
  },
  revokeApiKey: {
    summary: 'Revoke an API key',
    description: 'For good, within a minute at most.',
    successes: ['Revoked.'],
    access: ['api-keys:manage', 'none', 'own', 'own', 'all', 'all'],
    request: { on: 'apiKey', send: ({ apiKey }) => remove(`/v1/api-keys/${apiKey}`) },
  },
} as const satisfies OperationTexts<typeof apiKeyRoutes>;

export const apiKeysSchemas = [
  textsOf(ApiKey, {
    userId: 'The user whose rights the key uses, as far as its scopes go.',
    scopes: 'The rights that the key brings, if its user has them.',
    start: 'How the key begins, to recognise it by.',
    createdById: 'The user who made it.',
    expiresAt: 'From then on it does not work any more; null is never.',
    lastUsedAt: 'To the hour; null before its first use.',
  }),
  textsOf(NewApiKey, {
    scopes: '`read` stands for all rights that end in `:read`, `write` for every right there is.',
    userId: 'The caller unless given; admins may name others.',
  }),
  textsOf(IssuedApiKeyAnswer, { key: 'The key itself. It is shown this once, and kept nowhere.' }),
];
