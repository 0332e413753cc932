import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { givePassword, type Membership } from '@curlew/core/session';
import { scryptPasswords } from '../../adapters/scrypt/index.ts';
import { attachDatabase, type Database, sqliteSessionStore, sqliteUserStore } from '../../adapters/sqlite/index.ts';
import { newPassword } from './admin.ts';
import { readConfig } from './config.ts';
import { DEFAULT_ORGANIZATION } from './open-mode.ts';

const USAGE = `Gives somebody a new password, prints it, and signs them out everywhere: for whoever has lost the only admin's.

  npm run reset-password                                     the first admin
  npm run reset-password -- EMAIL [--organization ID]        anybody else

It works on the database in CURLEW_DATA_DIR, also while the server runs; that lets tokens in for another minute.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { organization: { type: 'string', default: DEFAULT_ORGANIZATION.id }, help: { type: 'boolean' } },
});
if (values.help || positionals.length > 1) console.log(USAGE);
else await main(positionals[0], values.organization);

async function main(email: string | undefined, organizationId: string): Promise<void> {
  const file = join(resolve(readConfig().dataDir), 'curlew.db');
  if (!existsSync(file)) return fail(`There is no database ${file}; set CURLEW_DATA_DIR.`);
  const database = attachDatabase(file);
  try {
    const who = await named(database, email, organizationId);
    if (who === undefined) return fail(`There is no user ${email} in the organization ${organizationId}.`);
    const password = newPassword();
    const ports = { sessions: sqliteSessionStore(database), passwords: scryptPasswords() };
    await givePassword({ ...ports, now: () => new Date().toISOString() }, who.organizationId, who.userId, password);
    console.log(`${email ?? who.userId} has the password ${password} now.`);
  } finally {
    await database.close();
  }
}

async function named(
  database: Database,
  email: string | undefined,
  organizationId: string,
): Promise<Membership | undefined> {
  const users = sqliteUserStore(database);
  const found =
    email === undefined
      ? await users.find(organizationId, DEFAULT_ORGANIZATION.adminId)
      : await users.findByEmail(organizationId, email);
  return found && { organizationId, userId: found.user.id };
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
