import type { UserStore } from '@curlew/core/user';
import type { Proof } from '../../http/authenticate.ts';
import { issuerTokenProof } from '../../http/issuer-token-proof.ts';
import type { PoolConfig } from './config.ts';

/** What the function `pre-token` writes into access tokens, and what is read from them here. */
export const CLAIMS = { organization: 'organization', user: 'user', role: 'role' } as const;

/**
 * Access tokens of the user pool. What checks them is loaded when the first one comes: most cold starts, and those who
 * come with API keys, do without.
 */
export function poolProof({ issuer, client }: PoolConfig, users: Pick<UserStore, 'find'>): Proof {
  let checked: Promise<Proof> | undefined;

  async function load(): Promise<Proof> {
    const { oidcTokens } = await import('../../adapters/jose/oidc-tokens.ts');
    const organization = { claim: CLAIMS.organization };
    const tokens = oidcTokens({ issuer, audience: client, organization, userClaim: CLAIMS.user }, Date.now);
    return issuerTokenProof({ tokens, users });
  }

  return {
    isFor: (text) => issuerOf(text) === issuer,
    async actorOf(text) {
      checked ??= load();
      return (await checked).actorOf(text);
    },
  };
}

/** What a token says of its issuer; nothing of it is checked. */
function issuerOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()).iss;
  } catch {
    return undefined;
  }
}
