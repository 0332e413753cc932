import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseError } from './database.ts';

/**
 * Locks the data folder against a second server. An open transaction on a separate file holds a lock of the operating
 * system, which is released when the process ends, even if it is killed. Throws `DatabaseError` if another process
 * holds the lock.
 */
export function lockFolder(folder: string): { release(): void } {
  const file = join(folder, 'curlew.lock');
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) {
      throw new DatabaseError(`Another Curlew is using ${folder}; stop it or choose another CURLEW_DATA_DIR.`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(`Cannot write to ${folder} (${reason}); choose another CURLEW_DATA_DIR.`, { cause: error });
  }
  const held = db;
  return { release: () => held.close() };
}
