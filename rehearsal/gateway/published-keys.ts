import type { JsonWebKey } from 'node:crypto';
import type { PublishedKeys } from './authorize.ts';

const TIMEOUT_MILLISECONDS = 5000;

/** The published keys of user pools, read from the stand-in at `identity`. Without it there are no keys. */
export function publishedKeys(identity: string | undefined): PublishedKeys {
  return async (issuer) => {
    if (identity === undefined) return [];
    const address = `${identity}${new URL(issuer).pathname}/.well-known/jwks.json`;
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    if (!response.ok) throw new Error(`${issuer} publishes no keys: ${response.status}.`);
    return ((await response.json()) as { keys: JsonWebKey[] }).keys;
  };
}
