import { admitted, type IssuerTokens } from '@curlew/core/session';
import type { UserStore } from '@curlew/core/user';
import type { Proof } from './authenticate.ts';

interface Ports {
  readonly tokens: IssuerTokens;
  readonly users: UserStore;
}

/** Access tokens of another issuer: each proves the user whom it names, if there is one, as they are here. */
export function issuerTokenProof({ tokens, users }: Ports): Proof {
  return {
    isFor: (text) => tokens.isOne(text),

    async actorOf(text) {
      const claims = await tokens.verify(text);
      if (claims === undefined) return undefined;
      const { organizationId, userId, expiresAt } = claims;
      const found = await admitted({ users }, organizationId, userId);
      if (found === undefined) return undefined;
      const actor = { organizationId, userId, role: found.user.role };
      return { actor: found.operator ? { ...actor, operator: true } : actor, expiresAt: expiresAt * 1000 };
    },
  };
}
