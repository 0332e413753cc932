import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { allGenerated, GENERATED_FOLDERS, ROOT } from './all-generated.ts';

// npm run generate: writes every generated file, and removes files that are no longer generated.
const files = await allGenerated();
for (const [path, text] of files) {
  mkdirSync(new URL('./', new URL(path, ROOT)), { recursive: true });
  writeFileSync(new URL(path, ROOT), text);
}
for (const folder of GENERATED_FOLDERS) {
  for (const name of readdirSync(new URL(folder, ROOT))) {
    if (!files.has(`${folder}/${name}`)) rmSync(new URL(`${folder}/${name}`, ROOT));
  }
}
console.log(`Wrote ${files.size} files.`);
