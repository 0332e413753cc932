import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { auditOf } from '@curlew/core/kernel';
import { forgetTries, givePassword, revokeKeysOf } from '@curlew/core/session';
import type { User } from '@curlew/core/user';
import { scryptPasswords } from '../../adapters/scrypt/index.ts';
import { attachDatabase, type Database, sqliteSessionStore, sqliteUserStore } from '../../adapters/sqlite/index.ts';
import { orderClock, wallClock } from '../clocks.ts';
import { DEFAULT_ORGANIZATION } from '../default-organization.ts';
import { idGenerator } from '../ids.ts';
import { digestOf } from '../session-secrets.ts';
import { newPassword } from './admin.ts';
import { readConfig } from './config.ts';

/**
 * Sets and prints a new password for the user with `email`, or for the first admin, and ends the user's sessions.
 * Resolves with the exit code.
 */
export async function resetPassword(email: string | undefined, organizationId: string): Promise<number> {
  const file = join(resolve(readConfig().dataDir), 'curlew.db');
  if (!existsSync(file)) return fail(`There is no database ${file}; set CURLEW_DATA_DIR.`);
  const database = attachDatabase(file);
  try {
    const user = await named(database, email, organizationId);
    if (user === undefined)
      return fail(`There is no user ${email ?? 'usr_admin'} in the organization ${organizationId}.`);
    if (user.email === null)
      return fail(`${user.id} has no address to sign in with; start the server, which gives one.`);
    if (!user.active) return fail(`${user.email} cannot sign in: the account is not active.`);
    const password = newPassword();
    const sessions = sqliteSessionStore(database);
    const clock = orderClock();
    // The operator runs this command without an account, so the audit log names the admin as the actor.
    const actor = { organizationId, userId: DEFAULT_ORGANIZATION.adminId, role: 'admin' } as const;
    const ctx = { actor, now: clock.iso, newId: idGenerator(clock) };
    const audit = auditOf(ctx, 'password.changed', user.id, { by: 'operator' });
    const revocation = revokeKeysOf(ctx, { organizationId, userId: user.id });
    const ports = { sessions, passwords: scryptPasswords(), now: wallClock.iso };
    await givePassword(ports, organizationId, user, password, '/password', audit, revocation);
    await forgetTries({ sessions, secrets: { digest: digestOf } }, organizationId, user);
    console.log(`${user.email} has the password ${password} now.`);
    return 0;
  } finally {
    await database.close();
  }
}

async function named(database: Database, email: string | undefined, organizationId: string): Promise<User | undefined> {
  const users = sqliteUserStore(database);
  const found =
    email === undefined
      ? await users.find(organizationId, DEFAULT_ORGANIZATION.adminId)
      : await users.findByEmail(organizationId, email);
  return found?.deletedAt === null ? found.user : undefined;
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
