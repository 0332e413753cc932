import { findActiveUser, type IssuerTokens } from '@curlew/core/session';
import type { UserStore } from '@curlew/core/user';
import type { Proof } from './authenticate.ts';

interface Ports {
  readonly tokens: IssuerTokens;
  readonly users: Pick<UserStore, 'find'>;
}

/**
 * Access tokens of another issuer: each proves the user whom it names, if there is one, with the role that they have
 * here. None proves the operator: another issuer is trusted within organizations, not with looking after them.
 */
export function issuerTokenProof({ tokens, users }: Ports): Proof {
  return {
    isFor: (text) => tokens.isOne(text),

    async actorOf(text) {
      const claims = await tokens.verify(text);
      if (claims === undefined) return undefined;
      const { organizationId, userId, expiresAt } = claims;
      const found = await findActiveUser({ users }, organizationId, userId);
      if (found === undefined) return undefined;
      return { actor: { organizationId, userId, role: found.user.role }, expiresAt: expiresAt * 1000 };
    },
  };
}
