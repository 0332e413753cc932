export { joseAccessTokens, publicKeys } from './access-tokens.ts';
export { liveKeys, newStoredKey, type SigningKey, type StoredKey, signingKey } from './signing-keys.ts';
