import { type AuditEntry, invalid, issuesOf } from '../kernel/index.ts';
import { findSharedSalt } from './find-shared-salt.ts';
import { checkNotAddress, NewPassword } from './password.ts';
import type { HashCaller, KeyRevocation, Passwords, SessionStore } from './ports.ts';

/** Only the operator creates accounts with a password. */
const OPERATOR: HashCaller = { networks: [], isKnown: true };

interface Ports {
  readonly sessions: Pick<SessionStore, 'setPassword' | 'findMemberships'>;
  readonly passwords: Pick<Passwords, 'hash'>;
  /** ISO 8601. */
  now(): string;
}

/**
 * Sets the first password of a user, chosen by the creator of the account. The user need not exist yet. Throws
 * `invalid_request` with `pointer`, the place of the password in the request body. `audit` is absent if the account's
 * own audit entry covers the password.
 */
export async function givePassword(
  { sessions, passwords, now }: Ports,
  organizationId: string,
  { id: userId, email }: { readonly id: string; readonly email: string | null },
  password: string,
  pointer = '/password',
  audit?: AuditEntry,
  revocation?: KeyRevocation,
): Promise<void> {
  const checked = NewPassword.safeParse(password);
  if (!checked.success) throw invalid(issuesOf(checked.error, password).map((issue) => ({ ...issue, pointer })));
  checkNotAddress(password, email, pointer);
  const revoked = revocation === undefined ? {} : { revocation };
  const like = await findSharedSalt({ sessions }, email, { organizationId, userId });
  const hash = await passwords.hash(password, OPERATOR, like);
  const change = { organizationId, userId, hash, now: now(), ...revoked };
  await sessions.setPassword(audit === undefined ? change : { ...change, audit });
}
