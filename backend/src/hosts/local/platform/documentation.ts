import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ServicePorts } from '../../../http/service.ts';

const CONTRACT = new URL('../../../../../openapi/api.yaml', import.meta.url);
const require = createRequire(import.meta.url);
const browser = pathToFileURL(require.resolve('swagger-ui-dist/package.json'));

const FILES: Readonly<Record<string, URL>> = {
  'api.yaml': CONTRACT,
  'assets/swagger-ui.css': new URL('swagger-ui.css', browser),
  'assets/swagger-ui-bundle.js': new URL('swagger-ui-bundle.js', browser),
  'assets/start.js': new URL('docs-start.js', import.meta.url),
};

let contractAsJson: Promise<Uint8Array<ArrayBuffer>> | undefined;

/** Reads the contract and the files of the documentation pages from this installation. Other names give undefined. */
export const documentation: ServicePorts['documentation'] = async (name) => {
  if (name === 'api.json') {
    contractAsJson ??= jsonOf(CONTRACT);
    return contractAsJson;
  }
  const url = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  return url === undefined ? undefined : new Uint8Array(await readFile(url));
};

/** Converts the contract from YAML to JSON. This happens only at the first request, because parsing takes 200 ms. */
async function jsonOf(file: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { parse } = await import('yaml');
  return new TextEncoder().encode(`${JSON.stringify(parse(await readFile(file, 'utf8')), null, 2)}\n`);
}
