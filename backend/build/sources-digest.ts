import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The folders with all sources of the packages. The lock file represents the dependencies. */
export const SOURCES = ['backend/build', 'backend/src', 'core/src', 'openapi'];
const FILES = ['package-lock.json', 'package.json', 'backend/package.json', 'core/package.json', 'tsconfig.base.json'];

/** A digest of the names and contents of all sources of the packages, and of the version of Node. */
export function sourcesDigest(): string {
  const inFolders = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  const hash = createHash('sha256').update(process.version);
  for (const file of [...inFolders, ...FILES.map((name) => join(ROOT, name))].sort()) {
    const content = readFileSync(file);
    hash.update(`\n${file.slice(ROOT.length)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
