import type { JsonWebKey } from 'node:crypto';
import type { PublishedKeys } from './authorize.ts';

const PATIENCE_MILLISECONDS = 5000;

/** What user pools publish, read where `identity` publishes it in their place; without it no pool publishes anything. */
export function publishedKeys(identity: string | undefined): PublishedKeys {
  return async (issuer) => {
    if (identity === undefined) return [];
    const address = `${identity}${new URL(issuer).pathname}/.well-known/jwks.json`;
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
    if (!response.ok) throw new Error(`${issuer} publishes no keys: ${response.status}.`);
    return ((await response.json()) as { keys: JsonWebKey[] }).keys;
  };
}
