export { ApiKey, type ApiKeyRecord, type IssuedApiKey, NewApiKey } from './api-key.ts';
export { createApiKey } from './create-api-key.ts';
export type { ApiKeyDeps } from './deps.ts';
export { findKeyActor } from './find-key-actor.ts';
export * from './ports.ts';
export { listApiKeys, readApiKey } from './read-api-keys.ts';
export { revokeApiKey } from './revoke-api-key.ts';
