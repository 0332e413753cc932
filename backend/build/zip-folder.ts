import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { zipSync } from 'fflate';

const UNIX = 3;
const MODE = 0o100644;

/** Zips the files of a folder. The same files give the same bytes, at any time and on any machine. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.split(sep).join('/'))
    .sort();
  // A zip stores local time without a time zone, so this date gives the same bytes in every time zone.
  const mtime = new Date(2000, 0, 1);
  const contents = names.map(async (name) => [name, await readFile(join(folder, name))] as const);
  return zipSync(Object.fromEntries(await Promise.all(contents)), { level: 9, mtime, os: UNIX, attrs: MODE << 16 });
}
