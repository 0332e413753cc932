import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Subject } from './subjects.ts';

/** The measurements of a new process that imports a function's `index.mjs`. */
export interface Import {
  /** The time until the handler can run, including the responses that the import waits for. */
  readonly milliseconds: number;
  /** Whether the import called AWS. */
  readonly reads: boolean;
}

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('import-once.js', import.meta.url));

/** Imports every subject once in each round, so that other load on the machine affects all subjects alike. */
export async function measureImports(
  subjects: readonly Subject[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly Import[]>> {
  const imports = new Map<string, Import[]>(subjects.map(({ name }) => [name, []]));
  // The first round fills the file system's cache and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of subjects) {
      const one = await importOnce(subject);
      if (round > 0) imports.get(subject.name)?.push(one);
    }
  }
  return imports;
}

async function importOnce({ folder, environment }: Subject): Promise<Import> {
  const url = pathToFileURL(join(folder, 'index.mjs')).href;
  const { stdout } = await run(process.execPath, [SCRIPT, url], { env: environment });
  // A function may log while it loads. The measurements are on the last line.
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
