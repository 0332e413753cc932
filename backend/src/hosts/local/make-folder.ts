import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseError } from '../../adapters/sqlite/index.ts';

/**
 * Creates the data folder if it is missing, with access for its owner only. Throws the errors of the file system, and
 * `DatabaseError` if no folder can exist at this path.
 */
export function makeFolder(folder: string): void {
  // Other users of the machine must not read customers' messages.
  process.umask(0o077);
  makeLevels(folder);
  accessSync(folder, constants.W_OK | constants.X_OK);
}

/**
 * Creates one level of the path at a time. Node's recursive `mkdir` never ends if the file system rejects a new folder
 * with `ENOENT`, for example below /proc.
 */
function makeLevels(folder: string): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeLevels(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have created the folder just now.
    if (isFolder(folder)) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new DatabaseError(`Cannot create the folder ${folder}; choose another CURLEW_DATA_DIR.`, { cause: error });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
