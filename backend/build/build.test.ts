import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionDesign } from '../src/hosts/lambda/functions.ts';
import { buildFunction } from './build-function.ts';
import { type Bundle, bundle } from './bundle.ts';
import { functionEnvironment } from './function-environment.ts';
import { type OneItemStore, startOneItemStore } from './one-item-store.ts';
import { replacedModules } from './replaced-modules.ts';
import { bytesOf, eagerFiles } from './sizes.ts';
import { SOURCES } from './sources-digest.ts';
import { zipFolder } from './zip-folder.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'curlew-build-'));
const bundles = new Map<string, Promise<Bundle>>();
let store: OneItemStore;

/** Builds a function into `<folder>/built` at the first call. Later calls return the same bundle. */
function built(design: FunctionDesign): Promise<Bundle> {
  const bundled = bundles.get(design.name) ?? buildFunction(design, join(folder, 'built'));
  bundles.set(design.name, bundled);
  return bundled;
}

function builtAll(): Promise<Bundle> {
  return built(FUNCTIONS.find(({ name }) => name === 'all') ?? expect.fail());
}

beforeAll(async () => {
  store = await startOneItemStore();
});
afterAll(() => {
  store.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the zip of', () => {
  it.each(FUNCTIONS)('$name has the same bytes in every output folder', async (design) => {
    const elsewhere = join(folder, 'some', 'where', 'else');
    await built(design);
    await buildFunction(design, elsewhere);
    const zips = await Promise.all(
      [join(folder, 'built'), elsewhere].map((place) => zipFolder(join(place, design.name))),
    );
    expect(Buffer.compare(zips[0] ?? Buffer.of(), zips[1] ?? Buffer.of())).toBe(0);
  });

  it.each(FUNCTIONS)('$name contains a handler that can be imported', async (design) => {
    await built(design);
    const files = unzipSync(await zipFolder(join(folder, 'built', design.name)));
    const place = join(folder, 'unpacked', design.name);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), content);
    }
    const script = `const { handler } = await import('./index.mjs'); console.log(typeof handler); process.exit();`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: place,
      env: functionEnvironment(design, store.url),
    });
    expect(stdout.trim()).toMatch(/function$/);
    expect(Object.keys(files).filter((name) => name.endsWith('.map'))).toEqual([]);
  });

  it.each(FUNCTIONS.filter(({ name }) => name === 'service' || name === 'all'))(
    '$name contains the documentation',
    async (design) => {
      await built(design);
      const files = unzipSync(await zipFolder(join(folder, 'built', design.name)));
      expect(Object.keys(files).filter((one) => one.startsWith('documentation/'))).toEqual([
        'documentation/api.json',
        'documentation/api.yaml',
        'documentation/assets/start.js',
        'documentation/assets/swagger-ui-bundle.js',
        'documentation/assets/swagger-ui.css',
      ]);
    },
  );
});

it.each(FUNCTIONS)('$name is built only from files that the digest of the sources covers', async (design) => {
  const { outputs } = await built(design);
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const known = [...SOURCES, 'node_modules'];
  expect(inputs.filter((input) => !known.some((folder) => input.startsWith(`${folder}/`)))).toEqual([]);
});

describe('the models', () => {
  it('are only in the zips of functions that analyse texts', async () => {
    for (const design of FUNCTIONS) {
      const { name, reading } = design;
      await built(design);
      const files = unzipSync(await zipFolder(join(folder, 'built', name)));
      const models = Object.keys(files).filter((one) => one.startsWith('weights/'));
      expect([name, models.length > 0]).toEqual([name, reading !== undefined]);
    }
  });
});

describe('the code of', () => {
  it.each(FUNCTIONS)('$name is small enough to be compiled at each cold start', async (design) => {
    const { outputs } = await built(design);
    expect(bytesOf(outputs, eagerFiles(outputs))).toBeLessThan(450 * 1024);
  });

  it('all has lazy chunks for Comprehend and S3, which import the error classes of the eager code', async () => {
    const { outputs } = await builtAll();
    const eager = eagerFiles(outputs);
    expect(['comprehend.mjs', 's3.mjs'].map((name) => [name in outputs, eager.has(name)])).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(outputs['s3.mjs']?.imports.map(({ path }) => path)).toContain('./errors.mjs');
    const [errors] = outputs['errors.mjs']?.imports ?? [];
    expect(outputs['errors.mjs']?.exports).toEqual(expect.arrayContaining(['CurlewError', 'StaleError']));
    expect([...eager]).toContain(errors?.path);
  });

  it('all contains no texts of the contract', async () => {
    const { files, outputs } = await builtAll();
    const modules = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
    expect(modules.filter((path) => path.startsWith('backend/src/contract/'))).toEqual([]);
    const code = Buffer.from(files.get('index.mjs') ?? Buffer.of()).toString();
    expect(code).not.toContain('Open a ticket');
    expect(code).not.toContain('Whether they may come in');
    expect(code).toContain('createTicket');
  });

  it('is not built if zod no longer imports a module that the build replaces', async () => {
    const outdated = { module: /[\\/]no-such-file\.js$/, package: 'zod', replace: () => ({ contents: '' }) };
    const stdin = { contents: "import * as z from 'zod'; console.log(z.string());", resolveDir: import.meta.dirname };
    const options = { stdin, bundle: true, metafile: true, write: false, logLevel: 'silent' } as const;
    await expect(build({ ...options, plugins: [replacedModules([outdated])] })).rejects.toThrow(
      'zod no longer imports /[\\\\/]no-such-file\\.js$/',
    );
  });

  it('all contains no JSON Schema generator', async () => {
    const { outputs } = await builtAll();
    for (const { inputs } of Object.values(outputs)) {
      const generator = Object.entries(inputs).filter(([path]) => path.includes('json-schema'));
      expect(generator.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0)).toBeLessThan(250);
    }
  });
});

describe('zipping', () => {
  it('gives the same bytes for any order, mode, time and time zone of the files', async () => {
    const zips: Uint8Array[] = [];
    const zone = process.env.TZ;
    for (const [index, names] of [
      ['b.txt', 'a/c.txt'],
      ['a/c.txt', 'b.txt'],
    ].entries()) {
      const place = join(folder, `files-${index}`);
      for (const name of names) {
        mkdirSync(dirname(join(place, name)), { recursive: true });
        writeFileSync(join(place, name), `content of ${name}`, { mode: index === 0 ? 0o600 : 0o755 });
        utimesSync(join(place, name), index * 1e6, index * 1e6);
      }
      process.env.TZ = index === 0 ? 'Asia/Tokyo' : 'America/Lima';
      zips.push(await zipFolder(place));
    }
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(Buffer.compare(zips[0] ?? Buffer.of(), zips[1] ?? Buffer.of())).toBe(0);
    expect(Object.keys(unzipSync(zips[0] ?? Buffer.of()))).toEqual(['a/c.txt', 'b.txt']);
  });
});

describe('bundling', () => {
  it('fails without an entry point', async () => {
    await expect(bundle('backend/build/nothing.ts')).rejects.toThrow(/nothing\.ts/);
  });

  it('fails without a handler', async () => {
    await expect(bundle('backend/build/zip-name.ts')).rejects.toThrow('exports no handler');
  });
});
