import { fileURLToPath } from 'node:url';
import { FUNCTIONS } from '../src/hosts/lambda/functions.ts';
import { buildFunction } from './build-function.ts';

const folder = fileURLToPath(new URL('../../dist', import.meta.url));

for (const design of FUNCTIONS) {
  try {
    const { files } = await buildFunction(design, folder);
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    console.log(`dist/${design.name}/  ${Math.round(bytes / 1024)} KiB of code`);
  } catch (error) {
    console.error(`${design.name} cannot be built: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
