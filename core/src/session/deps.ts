import type { AuditTrail, Context } from '../kernel/index.ts';
import type { UserStore } from '../user/index.ts';
import type { AccessTokens, Passwords, SessionSecrets, SessionStore } from './ports.ts';

/** The dependencies of each operation on sessions and passwords. */
export interface SessionDeps {
  readonly ctx: Context;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly secrets: SessionSecrets;
  readonly audit: AuditTrail;
}
