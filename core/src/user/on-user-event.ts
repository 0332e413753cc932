import type { Role } from '../kernel/index.ts';
import type { UserEvent } from './events.ts';
import type { Accounts, UserStore } from './ports.ts';
import type { UserRecord } from './user.ts';

interface Ports {
  readonly users: Pick<UserStore, 'find'>;
  readonly accounts: Accounts;
  /** Users with these roles get an account automatically. */
  readonly rolesWithAccounts: ReadonlySet<Role>;
}

const MOST_ROUNDS = 5;

/**
 * Updates a user's account so that it matches the user's present state; the event only names the user. It then reads
 * the user again, and starts over if the user changed meanwhile, so the last writer of an account always compares it
 * with the newest user. Events may therefore arrive late, twice, in any order and at several consumers at once. Throws
 * if the user changes in every round, or if the account cannot be updated; the event is then delivered again.
 */
export async function onUserEvent(ports: Ports, { organizationId, subject }: UserEvent): Promise<void> {
  let record = await ports.users.find(organizationId, subject);
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    await updateAccount(ports, organizationId, subject, record);
    const now = await ports.users.find(organizationId, subject);
    if (now?.user.version === record?.user.version) return;
    record = now;
  }
  throw new Error(`User ${subject} kept changing while their account was updated.`);
}

async function updateAccount(
  { accounts, rolesWithAccounts }: Ports,
  organizationId: string,
  userId: string,
  record: UserRecord | undefined,
): Promise<void> {
  const { email = null, active, name, role } = record?.user ?? {};
  if (role === undefined || name === undefined || email === null || record?.deletedAt !== null) {
    return accounts.remove(organizationId, userId);
  }
  if (!active || !rolesWithAccounts.has(role)) return accounts.lock(organizationId, userId);
  return accounts.provide({ organizationId, userId, email, name, role });
}
