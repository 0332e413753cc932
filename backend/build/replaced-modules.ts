import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { OnLoadResult, Plugin } from 'esbuild';

interface Replacement {
  /** The whole module that is replaced. */
  readonly module: RegExp;
  /** A bundle that holds this package and never met the module is refused: the replacement is out of date. */
  readonly package: string;
  replace(path: string): OnLoadResult | Promise<OnLoadResult>;
}

const REPLACEMENTS: readonly Replacement[] = [
  // The SDK keeps the addresses that a service tells it in a cache of the least recently used. DynamoDB has one address.
  {
    module: /[\\/]mnemonist[\\/]lru-cache\.m?js$/,
    package: '@aws-sdk/client-dynamodb',
    replace: () => ({ contents: 'export default class extends Map { constructor() { super(); } }' }),
  },
  // Lambda hands a function its credentials in the environment (AWS Lambda Developer Guide, "Using Lambda environment
  // variables"), so there is no need to look for them by SSO, STS or in files.
  {
    module: /[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/,
    package: '@aws-sdk/client-dynamodb',
    replace: () => ({ contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';` }),
  },
  // A client reads nothing but the version of its manifest.
  {
    module: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/,
    package: '@aws-sdk/client-dynamodb',
    async replace(path) {
      const { name, version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    },
  },
  // Zod's generator of JSON Schema: 15 KiB that every schema holds on to. Only the printer of the contract calls it.
  {
    module: /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/,
    package: 'zod',
    replace: withoutJsonSchema,
  },
];

// Zod calls these once for each schema, to make a method that is never called.
const MAKE_METHODS = new Set(['createToJSONSchemaMethod', 'createStandardJSONSchemaMethod']);

/** The same exports, each of which throws when it is called. */
async function withoutJsonSchema(path: string): Promise<OnLoadResult> {
  const names = Object.keys(await import(pathToFileURL(path).href));
  const exported = names.map((name) => `  ${MAKE_METHODS.has(name) ? 'method' : 'missing'} as ${name},`);
  return {
    contents: [
      "const missing = () => { throw new Error('Functions have no JSON Schema.'); };",
      'const method = () => missing;',
      `export {\n${exported.join('\n')}\n};`,
    ].join('\n'),
  };
}

/**
 * Puts small modules in place of modules of dependencies that are much larger than their use here. Product code is
 * never touched: both hosts run the same program.
 */
export function replacedModules(replacements: readonly Replacement[] = REPLACEMENTS): Plugin {
  return {
    name: 'replaced-modules',
    setup(build) {
      const met = new Set<Replacement>();
      for (const one of replacements) {
        build.onLoad({ filter: one.module }, ({ path }) => {
          met.add(one);
          return one.replace(path);
        });
      }
      build.onEnd(({ metafile }) => {
        const inputs = Object.keys(metafile?.inputs ?? {});
        const missed = replacements.filter(
          (one) => !met.has(one) && inputs.some((path) => path.includes(`node_modules/${one.package}/`)),
        );
        return {
          errors: missed.map((one) => ({
            text: `${one.package} no longer imports ${one.module}, which was to be replaced by a smaller module.`,
          })),
        };
      });
    },
  };
}
