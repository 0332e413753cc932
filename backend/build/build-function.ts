import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionDesign } from '../src/hosts/lambda/functions.ts';
import { type Bundle, bundle } from './bundle.ts';
import { documentationFiles } from './documentation-files.ts';
import { modelFiles } from './model-files.ts';

const ENTRIES = new URL('../src/hosts/lambda/', import.meta.url);

/**
 * Builds a function into `<folder>/<name>/` and its source maps into `<folder>/source-maps/<name>/`. Replaces the old
 * contents of both folders.
 */
export async function buildFunction(design: FunctionDesign, folder: string, entry = entryOf(design)): Promise<Bundle> {
  const result = await bundle(entry);
  const files = new Map(result.files);
  if (servesDocumentation(design)) {
    for (const [name, content] of await documentationFiles()) files.set(`documentation/${name}`, content);
  }
  if (design.reading !== undefined) {
    for (const [name, content] of await modelFiles()) files.set(`weights/${name}`, content);
  }
  await replaceFolder(join(folder, design.name), files);
  await replaceFolder(join(folder, 'source-maps', design.name), result.sourceMaps);
  return result;
}

/** The file that exports the handler. The files for HTTP and subscriptions are generated. */
function entryOf({ name, trigger }: FunctionDesign): string {
  const folder = trigger === 'http' || trigger === 'subscription' ? 'functions/' : '';
  return fileURLToPath(new URL(`${folder}${name}.ts`, ENTRIES));
}

function servesDocumentation(design: FunctionDesign): boolean {
  return design.trigger === 'http' && design.services.includes('service');
}

async function replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [name, content] of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
