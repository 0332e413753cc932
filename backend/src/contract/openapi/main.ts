import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ERRORS_FOLDER, generatedFiles } from './generated.ts';

const root = new URL('../../../../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const files = generatedFiles(version);

for (const [path, text] of files) {
  const url = new URL(path, root);
  mkdirSync(new URL(`${dirname(path)}/`, root), { recursive: true });
  writeFileSync(url, text);
}
// The page of a code that is gone goes too.
for (const name of readdirSync(new URL(`${ERRORS_FOLDER}/`, root))) {
  const path = `${ERRORS_FOLDER}/${name}`;
  if (name.endsWith('.md') && !files.has(path)) rmSync(new URL(path, root));
}
console.log(`Wrote openapi/api.json, openapi/api.yaml and ${files.size - 2} pages in ${ERRORS_FOLDER}.`);
