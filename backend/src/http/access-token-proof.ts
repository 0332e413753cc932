import { type AccessTokens, findActiveUser, type SessionStore } from '@curlew/core/session';
import type { UserStore } from '@curlew/core/user';
import type { Proof } from './authenticate.ts';

interface Ports {
  readonly tokens: Pick<AccessTokens, 'namesIssuer' | 'verify'>;
  readonly users: UserStore;
  readonly sessions: Pick<SessionStore, 'find'>;
  /** ISO 8601. */
  now(): string;
}

/** The proof by access token. The actor has the user's current role. A token is valid only while its session exists. */
export function accessTokenProof({ tokens, users, sessions, now }: Ports): Proof {
  return {
    isFor: (text) => tokens.namesIssuer(text),

    async actorOf(text) {
      const claims = await tokens.verify(text);
      if (claims === undefined) return undefined;
      const { organizationId, userId, sessionId, expiresAt } = claims;
      const [found, session] = await Promise.all([
        findActiveUser({ users }, organizationId, userId),
        sessions.find(organizationId, sessionId, now()),
      ]);
      if (found === undefined || session?.userId !== userId) return undefined;
      const { user, operator } = found;
      const actor = { organizationId, userId, role: user.role, sessionId, signedIn: true } as const;
      return { actor: operator ? { ...actor, operator } : actor, expiresAt: expiresAt * 1000 };
    },
  };
}
