import { findActiveUser, type IssuerTokens } from '@curlew/core/session';
import type { UserStore } from '@curlew/core/user';
import type { Proof } from './authenticate.ts';

interface Ports {
  readonly tokens: IssuerTokens;
  readonly users: Pick<UserStore, 'find'>;
}

/**
 * The proof by an access token of an external issuer. The actor is the user in the token, with the role stored here.
 * It never has operator rights: an external issuer is trusted within organizations, but not to manage them.
 */
export function issuerTokenProof({ tokens, users }: Ports): Proof {
  return {
    isFor: (text) => tokens.namesIssuer(text),

    async actorOf(text) {
      const claims = await tokens.verify(text);
      if (claims === undefined) return undefined;
      const { organizationId, userId, expiresAt } = claims;
      const found = await findActiveUser({ users }, organizationId, userId);
      if (found === undefined) return undefined;
      const actor = { organizationId, userId, role: found.user.role, signedIn: true } as const;
      return { actor, expiresAt: expiresAt * 1000 };
    },
  };
}
