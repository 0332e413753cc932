import { randomBytes } from 'node:crypto';
import { DEFAULT_TRIAGE_SETTINGS } from '@curlew/core/triage';
import type { TableName } from '../../services/tables.ts';
import { text } from './attributes.ts';
import { getItem, transact } from './calls.ts';
import { putNew } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';
import { recordKey } from './keys.ts';
import { organizationItem } from './organization-store.ts';
import { userItem } from './user-store.ts';

const FASTER = new Error('Another process was faster.');

/** A secret of 32 bytes that is stored in the table. The first call creates it. */
export async function storedSecret(db: Dynamo, name: TableName): Promise<Uint8Array> {
  const table = tableOf(db, name);
  const key = { pk: 'SECRET', sk: 'A' };
  const secretItem = { ...key, secret: randomBytes(32).toString('base64url') };
  const { secret } = (await getItem(db, table, key)) ?? (await putUnlessExists()) ?? secretItem;
  return Buffer.from(text().get(secret), 'base64url');

  async function putUnlessExists() {
    return (await putIfAbsent(db, table, secretItem)) ? undefined : getItem(db, table, key);
  }
}

/** Creates the first organization and its admin, unless they exist. */
export async function createFirstOrganization(
  db: Dynamo,
  { id, name, adminId }: { id: string; name: string; adminId: string },
  now: string,
): Promise<void> {
  const table = tableOf(db, 'users');
  if ((await getItem(db, table, recordKey('O', id, id))) !== undefined) return;
  const record = { createdAt: now, updatedAt: now, version: 1 };
  const user = { id: adminId, name: 'Admin', email: null, role: 'admin', active: true, ...record } as const;
  // Creates the admin first: later starts check for the organization only, so its admin must exist by then.
  await putIfAbsent(db, table, userItem({ organizationId: id, user, operator: true, deletedAt: null }));
  await putIfAbsent(db, table, organizationItem({ id, name, triage: DEFAULT_TRIAGE_SETTINGS, ...record }));
}

/** Puts an item unless it exists; several processes may try at once. Resolves with true if this call put it. */
async function putIfAbsent(db: Dynamo, table: string, item: Readonly<Record<string, unknown>>): Promise<boolean> {
  try {
    await transact(db, [putNew(table, item, () => FASTER)]);
    return true;
  } catch (error) {
    if (error === FASTER) return false;
    throw error;
  }
}
