import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FUNCTIONS, type FunctionDesign } from '../src/hosts/lambda/functions.ts';
import { buildFunction } from './build-function.ts';
import { sourcesDigest } from './sources-digest.ts';
import { zipFolder } from './zip-folder.ts';
import { zipName } from './zip-name.ts';

// Builds and zips all functions, unless `dist` already contains their packages from the same sources.

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const digestFile = join(dist, 'sources.sha256');
const zips = FUNCTIONS.map(({ name }) => join(dist, zipName(name)));
const digest = sourcesDigest();

if ([digestFile, ...zips].every(existsSync) && readFileSync(digestFile, 'utf8') === digest) {
  console.log('The packages in dist/ are made of these sources already.');
} else {
  rmSync(digestFile, { force: true });
  for (const design of FUNCTIONS) await buildPackage(design);
  if (process.exitCode === undefined) writeFileSync(digestFile, digest);
}

async function buildPackage(design: FunctionDesign): Promise<void> {
  try {
    const { files } = await buildFunction(design, dist);
    const zip = await zipFolder(join(dist, design.name));
    writeFileSync(join(dist, zipName(design.name)), zip);
    const codeBytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    console.log(`dist/${zipName(design.name)}  ${kib(zip.length)} KiB, with ${kib(codeBytes)} KiB of code`);
  } catch (error) {
    console.error(`${design.name} cannot be built: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

function kib(bytes: number): number {
  return Math.round(bytes / 1024);
}
