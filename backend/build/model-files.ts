import { readdir, readFile } from 'node:fs/promises';

const WEIGHTS = new URL('../src/adapters/embedded-analyzer/weights/', import.meta.url);

/** The files with the weights that the embedded analyser loads at its first use, by name. */
export async function modelFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const names = (await readdir(WEIGHTS)).filter((name) => name.endsWith('.bin')).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, WEIGHTS))] as const)));
}
