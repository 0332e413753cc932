import { randomBytes } from 'node:crypto';
import { text } from './columns.ts';
import type { Database } from './database.ts';

const VALUE = text('value');
const TIME = text('time');

/** Creates the first organization and its admin, unless they exist. */
export async function createFirstOrganization(
  database: Database,
  organization: { id: string; name: string; adminId: string },
  now: string,
): Promise<void> {
  const { id, name, adminId } = organization;
  await database.write(() => {
    database
      .prepare(
        `INSERT INTO organizations (row, id, name, created_at, updated_at)
         VALUES ((SELECT coalesce(max(row), 0) + 1 FROM organizations), ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(id, name, now, now);
    database
      .prepare(
        `INSERT INTO users (organization_id, id, name, role, operator, created_at, updated_at, version)
         VALUES (?, ?, 'Admin', 'admin', 1, ?, ?, 1) ON CONFLICT DO NOTHING`,
      )
      .run(id, adminId, now, now);
  });
}

/** A secret of 32 bytes that is stored in the database. The first call creates it. */
export async function storedSecret(database: Database, name: string): Promise<Uint8Array> {
  const secret = await database.write(() => {
    database
      .prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(name, randomBytes(32).toString('base64url'));
    const row = database.prepareSelect('SELECT value FROM settings WHERE name = ?').get(name);
    if (row === undefined) throw new Error(`The secret ${name} was not stored.`);
    return VALUE.get(row, 0);
  });
  return Buffer.from(secret, 'base64url');
}

/** The time of the latest event, ISO 8601; undefined if there is no event yet. */
export function latestInstant(database: Database): string | undefined {
  const row = database.prepareSelect('SELECT time FROM events ORDER BY position DESC LIMIT 1').get();
  return row === undefined ? undefined : TIME.get(row, 0);
}
