import { type AuditEntry, invalid, issuesOf } from '../kernel/index.ts';
import { checkNotAddress, NewPassword } from './password.ts';
import type { Passwords, SessionStore } from './ports.ts';

interface Ports {
  readonly sessions: Pick<SessionStore, 'setPassword'>;
  readonly passwords: Pick<Passwords, 'hash'>;
  /** ISO 8601. */
  now(): string;
}

/**
 * Gives a user a password on the word of whoever makes the account; the user need not be there yet. `pointer` is where
 * it stands in the body, for `invalid_request`. `audit` is absent when the account's own entry covers its password.
 */
export async function givePassword(
  { sessions, passwords, now }: Ports,
  organizationId: string,
  { id: userId, email }: { readonly id: string; readonly email: string | null },
  password: string,
  pointer = '/password',
  audit?: AuditEntry,
): Promise<void> {
  const checked = NewPassword.safeParse(password);
  if (!checked.success) throw invalid(issuesOf(checked.error, password).map((issue) => ({ ...issue, pointer })));
  checkNotAddress(password, email, pointer);
  const change = { organizationId, userId, hash: await passwords.hash(password), now: now() };
  await sessions.setPassword(audit === undefined ? change : { ...change, audit });
}
