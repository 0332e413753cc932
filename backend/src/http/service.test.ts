import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentation as local } from '../hosts/local/platform/documentation.ts';
import { serviceRoutes } from './service.ts';

const FILES = { json: 'getOpenApiJson', yaml: 'getOpenApiYaml' } as const;

const YAML = readFileSync(new URL('../../../openapi/api.yaml', import.meta.url));
const JSON_TEXT = Buffer.from((await local('api.json')) ?? []);
const CONTRACT = { 'api.yaml': YAML, 'api.json': JSON_TEXT } as const;

async function served(format: keyof typeof FILES, path: string): Promise<Uint8Array | string> {
  const route = serviceRoutes.find(({ id }) => id === FILES[format]);
  const documentation = async (name: keyof typeof CONTRACT) => new Uint8Array(CONTRACT[name]);
  const file = await route?.run({ documentation } as never, {} as never);
  return (route?.reply(file, { path } as never).body ?? '') as Uint8Array | string;
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
    const json = JSON.parse(String(await served('json', `/dev${version}/openapi.json`)));
    expect(json.servers).toEqual([expect.objectContaining({ url: '/dev/v1' })]);
    const plain = JSON.parse(CONTRACT['api.json'].toString());
    const before = addresses(plain).filter(isOfServer);
    expect(before).toEqual(expect.arrayContaining(['/v1', '/docs/errors', '/docs/errors/not_found']));
    expect(addresses(json).filter(isOfServer)).toEqual(before.map((address) => `/dev${address}`));
    expect(Object.keys(json.paths)).toEqual(Object.keys(plain.paths));
    expect(parse(String(await served('yaml', `/dev${version}/openapi.yaml`)))).toEqual(json);
  },
);
