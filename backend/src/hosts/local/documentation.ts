import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ServicePorts } from '../../http/service.ts';

const contract = new URL('../../../../openapi/', import.meta.url);
const browser = pathToFileURL(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const FILES: Readonly<Record<string, URL>> = {
  'api.json': new URL('api.json', contract),
  'api.yaml': new URL('api.yaml', contract),
  'assets/swagger-ui.css': new URL('swagger-ui.css', browser),
  'assets/swagger-ui-bundle.js': new URL('swagger-ui-bundle.js', browser),
  'assets/start.js': new URL('docs-start.js', import.meta.url),
};

/** Reads the contract and the pages that browse it from this installation; nothing else can be asked for. */
export const documentation: ServicePorts['documentation'] = async (name) => {
  const url = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  return url === undefined ? undefined : new Uint8Array(await readFile(url));
};
