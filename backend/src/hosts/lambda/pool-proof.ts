import type { UserStore } from '@curlew/core/user';
import type { Proof } from '../../http/authenticate.ts';
import { issuerTokenProof } from '../../http/issuer-token-proof.ts';
import type { PoolConfig } from './config.ts';

/** The claims that the function `pre-token` writes into access tokens and that this file reads. */
export const CLAIMS = { organization: 'organization', user: 'user', role: 'role' } as const;

/**
 * Authenticates callers by access tokens of the user pool. The code that verifies tokens is loaded with the first
 * token, because most cold starts and all requests with API keys do not need it.
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

/** The issuer named in a token. The token is not verified here. */
function issuerOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()).iss;
  } catch {
    return undefined;
  }
}
