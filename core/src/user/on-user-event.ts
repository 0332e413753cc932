import type { Role } from '../kernel/index.ts';
import type { UserEvent } from './events.ts';
import type { Accounts, UserStore } from './ports.ts';
import type { UserRecord } from './user.ts';

interface Ports {
  readonly users: Pick<UserStore, 'find'>;
  readonly accounts: Accounts;
  /** Who is given an account without asking for one. */
  readonly rolesWithAccounts: ReadonlySet<Role>;
}

const MOST_ROUNDS = 5;

/**
 * Brings the account of a user to what the user is now; the event only says whom to look at. Afterwards it reads the
 * user again, and starts over when they have changed meanwhile: whoever touched an account last has compared it with
 * the newest user afterwards. So events may come late, twice, in any order and to several consumers at once. Throws
 * when the user changes in every round, or the account cannot be brought there, for the event to come again.
 */
export async function onUserEvent(ports: Ports, { organizationId, subject }: UserEvent): Promise<void> {
  let record = await ports.users.find(organizationId, subject);
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    await keepAccount(ports, organizationId, subject, record);
    const now = await ports.users.find(organizationId, subject);
    if (now?.user.version === record?.user.version) return;
    record = now;
  }
  throw new Error(`User ${subject} kept changing while their account was brought in step.`);
}

async function keepAccount(
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
