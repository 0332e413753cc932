export { joseAccessTokens, publicKeys } from './access-tokens.ts';
export { type IssuerSetup, oidcTokens } from './oidc-tokens.ts';
export { liveKeys, newStoredKey, type SigningKey, signingKey } from './signing-keys.ts';
