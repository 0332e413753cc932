import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { ERRORS_NAME, leavingApart, sharingErrors } from './bundled-apart.ts';
import { replacedModules } from './replaced-modules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ERRORS_FILE = 'core/src/kernel/errors.ts';

// esbuild needs an output folder to name its files, but it writes nothing there. With a fixed folder, the bundle does
// not depend on the folder in which it is stored later.
const NOWHERE = resolve(ROOT, 'dist/bundle');

// esbuild puts this in place of a `require` that it cannot resolve at build time; it always throws in an ES module.
const REQUIRE_IS_MISSING = 'Dynamic require of "';
const REQUIRE = `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;

export interface Bundle {
  /** `index.mjs` and its chunks, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The source maps for stack traces, by name. A function runs without them. */
  readonly sourceMaps: ReadonlyMap<string, Uint8Array>;
  /** esbuild's metadata about inputs and outputs. The outputs have the same names as in `files`. */
  readonly outputs: Metafile['outputs'];
}

/**
 * Bundles a Lambda entry point with all its imports, including the SDK. Throws if the bundle fails or exports no
 * `handler`.
 */
export async function bundle(entry: string): Promise<Bundle> {
  const apart = new Map<string, string>();
  const own = await built({ index: entry }, leavingApart(apart));
  if (!own.outputs['index.mjs']?.exports.includes('handler')) throw new Error(`${entry} exports no handler.`);
  if (apart.size === 0) return own;
  const withErrors = await built({ index: entry, [ERRORS_NAME]: ERRORS_FILE }, leavingApart(apart));
  const others = await Promise.all([...apart].map(([name, file]) => built({ [name]: file }, sharingErrors)));
  const all = [withErrors, ...others];
  return {
    files: new Map(all.flatMap(({ files }) => [...files])),
    sourceMaps: new Map(all.flatMap(({ sourceMaps }) => [...sourceMaps])),
    outputs: Object.assign({}, ...all.map(({ outputs }) => outputs)),
  };
}

/** Bundles the entries, and adds a `require` function if a bundled package calls `require` at run time. */
async function built(entries: Record<string, string>, plugin: Plugin): Promise<Bundle> {
  const plain = await bundleWith(entries, plugin, '');
  const texts = [...plain.files.values()].map((content) => Buffer.from(content).toString());
  return texts.some((text) => text.includes(REQUIRE_IS_MISSING)) ? bundleWith(entries, plugin, REQUIRE) : plain;
}

async function bundleWith(entries: Record<string, string>, plugin: Plugin, banner: string): Promise<Bundle> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outdir: NOWHERE,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // Prefers the ES module if a package has two builds. The CommonJS build cannot be tree-shaken, so the code would
    // be a third larger.
    mainFields: ['module', 'main'],
    plugins: [plugin, replacedModules()],
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    ...(banner === '' ? {} : { banner: { js: banner } }),
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [warning] = result.warnings;
  if (warning !== undefined)
    throw new Error(`${Object.values(entries)[0]}: ${warning.text} (${warning.location?.file ?? 'no file'})`);
  const named = result.outputFiles.map(({ path, contents }) => [nameOf(path), contents] as const);
  const isMap = ([name]: readonly [string, unknown]) => name.endsWith('.map');
  return {
    files: new Map(named.filter((one) => !isMap(one))),
    sourceMaps: new Map(named.filter(isMap)),
    outputs: withNames(result.metafile.outputs),
  };
}

function nameOf(path: string): string {
  return relative(NOWHERE, resolve(ROOT, path)).split(sep).join('/');
}

function withNames(outputs: Metafile['outputs']): Metafile['outputs'] {
  const named = Object.entries(outputs).map(([path, output]) => {
    const imports = output.imports.map((one) => (one.external ? one : { ...one, path: nameOf(one.path) }));
    return [nameOf(path), { ...output, imports }] as const;
  });
  return Object.fromEntries(named);
}
