import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ServicePorts } from '../../../http/service.ts';
import { type StaticFile, staticFile } from '../../../http/static-file.ts';

const CONTRACT = new URL('../../../../../openapi/api.yaml', import.meta.url);
const require = createRequire(import.meta.url);
const browser = pathToFileURL(require.resolve('swagger-ui-dist/package.json'));

const FILES: Readonly<Record<string, URL>> = {
  'api.yaml': CONTRACT,
  'assets/swagger-ui.css': new URL('swagger-ui.css', browser),
  'assets/swagger-ui-bundle.js': new URL('swagger-ui-bundle.js', browser),
  'assets/start.js': new URL('docs-start.js', import.meta.url),
};

const kept = new Map<string, Promise<StaticFile>>();
const compress = promisify(gzip);

/**
 * Reads the contract and the files of the documentation pages from this installation, once. Other names give
 * undefined.
 */
export const documentation: ServicePorts['documentation'] = async (name) => {
  if (name !== 'api.json' && !Object.hasOwn(FILES, name)) return undefined;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const reading = read(name);
  kept.set(name, reading);
  // A failure, such as too many open files, may be over at the next request.
  reading.catch(() => kept.delete(name));
  return reading;
};

async function read(name: string): Promise<StaticFile> {
  const bytes = name === 'api.json' ? await jsonOf(CONTRACT) : new Uint8Array(await readFile(FILES[name] as URL));
  return staticFile(bytes, new Uint8Array(await compress(bytes)));
}

/** Converts the contract from YAML to JSON. This happens only at the first request, because parsing takes 200 ms. */
async function jsonOf(file: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { parse } = await import('yaml');
  return new TextEncoder().encode(`${JSON.stringify(parse(await readFile(file, 'utf8')), null, 2)}\n`);
}
