import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseError } from '../../adapters/sqlite/index.ts';

/** Makes the folder for the data where there is none, for its owner only. Throws errors of the file system, `DatabaseError`. */
export function makeFolder(folder: string): void {
  // Other users of the machine must not read customers' messages.
  process.umask(0o077);
  makeLevels(folder);
  accessSync(folder, constants.W_OK | constants.X_OK);
}

/** Level by level: where a file system says of a path that it cannot be there, as below /proc, Node's own recursion never ends. */
function makeLevels(folder: string): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeLevels(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have created the folder just now.
    if (isFolder(folder)) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new DatabaseError(`There can be no folder ${folder}; choose another CURLEW_DATA_DIR.`, { cause: error });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
