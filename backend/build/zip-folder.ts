import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Zips the files of a folder. The same files give the same bytes, at any time and on any machine. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.split(sep).join('/'))
    .sort();
  // A zip stores local time without a time zone, so this date gives the same bytes in every time zone.
  const settings = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644, compressionLevel: 9 };
  const zip = new ZipFile();
  for (const name of names) zip.addBuffer(await readFile(join(folder, name)), name, settings);
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
