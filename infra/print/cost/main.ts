import { writeFileSync } from 'node:fs';
import { costDocument, DOCUMENT_PATH } from './cost-document.ts';
import { readEnvironments } from './environments.ts';
import { readRequestUnits } from './request-units.ts';

const root = new URL('../../../', import.meta.url);

try {
  const units = readRequestUnits(new URL('docs/request-units.json', root));
  writeFileSync(new URL(DOCUMENT_PATH, root), costDocument(units, readEnvironments()));
  console.log(`Wrote ${DOCUMENT_PATH}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
