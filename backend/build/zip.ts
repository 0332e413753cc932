import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FUNCTIONS } from '../src/hosts/lambda/functions.ts';
import { zipFolder } from './zip-folder.ts';
import { zipName } from './zip-name.ts';

const folder = fileURLToPath(new URL('../../dist', import.meta.url));

for (const { name } of FUNCTIONS) {
  if (!existsSync(join(folder, name, 'index.mjs'))) {
    console.error(`dist/${name}/ is not there: run "npm run build" first.`);
    process.exitCode = 1;
    continue;
  }
  const zip = await zipFolder(join(folder, name));
  writeFileSync(join(folder, zipName(name)), zip);
  console.log(`dist/${zipName(name)}  ${Math.round(zip.length / 1024)} KiB`);
}
