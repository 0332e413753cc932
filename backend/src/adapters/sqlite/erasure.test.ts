import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUser, deleteUser } from '@curlew/core/user';
import { expect, it } from 'vitest';
import { contextOf } from '../../../test/context.ts';
import { createFirstOrganization, openDatabase, sqliteUserStore } from './index.ts';

const NAMES = ['curlew.db', 'curlew.db-wal'];

it('an erased user is neither in the bytes of the database nor in its log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  const database = openDatabase(join(folder, 'curlew.db'));
  await createFirstOrganization(database, { id: 'org_a', name: 'A', adminId: 'usr_admin' }, '2026-03-01T00:00:00.000Z');
  const deps = { ctx: contextOf(), users: sqliteUserStore(database) };
  const holds = (word: string) => NAMES.some((name) => readFileSync(join(folder, name)).includes(word));
  // Many users, so that the rows of erased users lie on several pages and in several indexes.
  for (let i = 0; i < 200; i++) {
    await createUser(deps, { id: `u${i}`, name: `Whimbrel ${i}`, email: `godwit${i}@example.com` });
  }
  expect(holds('Whimbrel') && holds('godwit')).toBe(true);
  for (let i = 0; i < 200; i++) await deleteUser(deps, `u${i}`, undefined);
  expect(['Whimbrel', 'godwit'].filter(holds)).toEqual([]);
  expect(await database.emptyLog()).toBe(true);
  await database.close();
  rmSync(folder, { recursive: true });
});

it('the log is emptied later if another process reads it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  const file = join(folder, 'curlew.db');
  const [database, reader] = [openDatabase(file), openDatabase(file)];
  await createFirstOrganization(database, { id: 'org_a', name: 'A', adminId: 'usr_admin' }, '2026-03-01T00:00:00.000Z');
  const deps = { ctx: contextOf(), users: sqliteUserStore(database) };
  await createUser(deps, { id: 'joy', name: 'Whimbrel' });
  reader.db.exec('BEGIN; SELECT * FROM users');
  reader.prepareSelect('SELECT id FROM users').all();
  await deleteUser(deps, 'joy', undefined);
  expect(await database.emptyLog()).toBe(false);
  reader.db.exec('COMMIT');
  expect(await database.emptyLog()).toBe(true);
  expect(NAMES.some((name) => readFileSync(join(folder, name)).includes('Whimbrel'))).toBe(false);
  await reader.close();
  await database.close();
  rmSync(folder, { recursive: true });
});
