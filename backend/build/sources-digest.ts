import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The folders with everything that goes into a package; the lock file stands for the dependencies. */
export const SOURCES = ['backend/build', 'backend/src', 'core/src', 'openapi'];
const FILES = ['package-lock.json', 'package.json', 'backend/package.json', 'core/package.json', 'tsconfig.base.json'];

/** Equal for equal sources of the packages, by names and contents. */
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
