import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FUNCTIONS } from '../src/hosts/lambda/functions.ts';
import { sourcesDigest } from './sources-digest.ts';
import { zipName } from './zip-name.ts';

// Builds and zips all functions. Does nothing if `dist` already has packages that were built from the same sources.

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const digestFile = join(dist, 'sources.sha256');
const zips = FUNCTIONS.map(({ name }) => join(dist, zipName(name)));
const digest = sourcesDigest();

if ([digestFile, ...zips].every(existsSync) && readFileSync(digestFile, 'utf8') === digest) {
  console.log('The packages in dist/ are made of these sources already.');
} else {
  rmSync(digestFile, { force: true });
  await import('./build.ts');
  if (process.exitCode === undefined) await import('./zip.ts');
  if (process.exitCode === undefined) writeFileSync(digestFile, digest);
}
