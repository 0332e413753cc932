import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentation as local } from '../hosts/local/platform/documentation.ts';
import { serviceRoutes } from './service.ts';
import { fileReply, staticFile } from './static-file.ts';

const FILES = { json: 'getOpenApiJson', yaml: 'getOpenApiYaml' } as const;

const YAML = readFileSync(new URL('../../../openapi/api.yaml', import.meta.url));
const JSON_TEXT = Buffer.from((await local('api.json'))?.bytes ?? []);
const CONTRACT = { 'api.yaml': YAML, 'api.json': JSON_TEXT } as const;

async function served(format: keyof typeof FILES, path: string): Promise<Uint8Array | string> {
  const route = serviceRoutes.find(({ id }) => id === FILES[format]);
  const documentation = async (name: keyof typeof CONTRACT) => staticFile(new Uint8Array(CONTRACT[name]));
  const file = await route?.run({ documentation } as never, {} as never);
  return (route?.reply(file, { path, header: () => undefined } as never).body ?? '') as Uint8Array | string;
}

/** All string values in a document, without the names of members. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** All paths of this server in the texts, with their prefixes. Paths inside code marks are no links, so they are left out. */
function addresses(document: unknown): string[] {
  return texts(document).flatMap((text) => text.replace(/`[^`]*`/g, '').match(/(?<![\w.:/])\/[\w/]*/g) ?? []);
}

const isOfServer = (address: string) => /\/(v1|docs)\b/.test(address);

it('serves the same contract as JSON and as YAML', () => {
  expect(JSON.parse(JSON_TEXT.toString())).toEqual(parse(YAML.toString()));
});

it.each(['json', 'yaml'] as const)(
  'the contract as %s is the unchanged file if the path has no prefix',
  async (format) => {
    const file = CONTRACT[`api.${format}`];
    for (const version of ['', '/v1']) {
      const body = await served(format, `${version}/openapi.${format}`);
      expect(file.equals(Buffer.from(body))).toBe(true);
    }
  },
);

it.each(['', '/v1'])(
  'below a stage all addresses in the contract contain the stage, requested at "%s"',
  async (version) => {
    const json = JSON.parse(Buffer.from(await served('json', `/dev${version}/openapi.json`)).toString());
    expect(json.servers).toEqual([expect.objectContaining({ url: '/dev/v1' })]);
    const plain = JSON.parse(CONTRACT['api.json'].toString());
    const before = addresses(plain).filter(isOfServer);
    expect(before).toEqual(expect.arrayContaining(['/v1', '/docs/errors', '/docs/errors/not_found']));
    expect(addresses(json).filter(isOfServer)).toEqual(before.map((address) => `/dev${address}`));
    expect(Object.keys(json.paths)).toEqual(Object.keys(plain.paths));
    expect(parse(Buffer.from(await served('yaml', `/dev${version}/openapi.yaml`)).toString())).toEqual(json);
  },
);

it.each([
  ['gzip', 'gzip'],
  ['deflate, GZIP;q=0.5, br', 'gzip'],
  ['gzip;q=0', undefined],
  ['gzip ; q=0.000', undefined],
  ['br', undefined],
  [undefined, undefined],
])('a static file for Accept-Encoding %s has the encoding %s and an ETag of its own', (accepted, encoding) => {
  const file = staticFile(new Uint8Array([1, 2, 3]), new Uint8Array([4]));
  const { headers, body } = fileReply('a.js', file, () => accepted);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers.etag).toBe(encoding === undefined ? `"${file.digest}"` : `"${file.digest}-gzip"`);
  expect(headers.vary).toBe('Accept-Encoding');
  // The same object, not a copy: a copy for each response would cost as much memory as responses are waiting.
  expect(body).toBe(encoding === undefined ? file.bytes : file.gzip);
});

it('reads a file of the installation once, also for requests at the same time', async () => {
  const [one, other] = await Promise.all([local('assets/swagger-ui-bundle.js'), local('assets/swagger-ui-bundle.js')]);
  expect(one).toBe(other);
  expect(one?.gzip?.byteLength).toBeLessThan((one?.bytes.byteLength ?? 0) / 2);
  expect(await local('assets/../../package.json')).toBeUndefined();
  expect(await local('constructor')).toBeUndefined();
});
