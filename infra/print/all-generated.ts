import { readFileSync } from 'node:fs';
import { FUNCTIONS_FOLDER, wiringFiles } from '../../backend/build/wiring-files.ts';
import { contractFiles, ERRORS_FOLDER } from '../../backend/src/contract/openapi/generated.ts';
import { TEMPLATE_PATH, template } from './cloudformation/template.ts';
import { costDocument, DOCUMENT_PATH } from './cost/cost-document.ts';
import { readEnvironments } from './cost/environments.ts';
import { readRequestUnits } from './cost/request-units.ts';
import { generatedFiles } from './data/generated.ts';
import { environmentFiles } from './environment-files.ts';
import { moduleReadmes } from './module-docs.ts';

export const ROOT = new URL('../../', import.meta.url);

const DATA_FOLDER = 'infra/generated';

/** Folders with generated files only. Files in them that `allGenerated` does not list must be removed. */
export const GENERATED_FOLDERS = [DATA_FOLDER, ERRORS_FOLDER, FUNCTIONS_FOLDER];

/** The text of every generated file of the repository, by its path from the root. */
export async function allGenerated(): Promise<ReadonlyMap<string, string>> {
  const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const units = readRequestUnits(new URL('docs/request-units.json', ROOT));
  return new Map([
    ...contractFiles(version),
    ...[...generatedFiles()].map(([name, text]) => [`${DATA_FOLDER}/${name}`, text] as const),
    ...(await wiringFiles()),
    ...moduleReadmes(),
    ...environmentFiles(),
    [TEMPLATE_PATH, template()],
    [DOCUMENT_PATH, costDocument(units, readEnvironments())],
  ]);
}
