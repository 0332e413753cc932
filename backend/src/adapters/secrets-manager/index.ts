export { type SecretsConfig, secretsClient } from './client.ts';
export { putSigningKeys, readSigningKeys, type StoredKeys } from './signing-secret.ts';
