import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { OnLoadResult, Plugin } from 'esbuild';

interface Replacement {
  /** Matches the path of the module that is replaced as a whole. */
  readonly module: RegExp;
  /** The build fails if a bundle contains this package but not the module: the replacement is then out of date. */
  readonly package: string;
  replace(path: string): OnLoadResult | Promise<OnLoadResult>;
}

const REPLACEMENTS: readonly Replacement[] = [
  // The SDK caches the endpoints of a service in an LRU cache. DynamoDB has one endpoint, so a plain map is enough.
  {
    module: /[\\/]mnemonist[\\/]lru-cache\.m?js$/,
    package: '@aws-sdk/client-dynamodb',
    replace: () => ({ contents: 'export default class extends Map { constructor() { super(); } }' }),
  },
  // Lambda passes the credentials to a function in the environment (AWS Lambda Developer Guide, "Using Lambda
  // environment variables"), so a lookup by SSO, STS or in files is not needed.
  {
    module: /[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/,
    package: '@aws-sdk/client-dynamodb',
    replace: () => ({ contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';` }),
  },
  // A client reads only the version from its package.json.
  {
    module: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/,
    package: '@aws-sdk/client-dynamodb',
    async replace(path) {
      const { name, version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    },
  },
  // Zod's generator of JSON Schema has 15 KiB, and every schema refers to it. Only the contract's generator calls it.
  {
    module: /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/,
    package: 'zod',
    replace: withoutJsonSchema,
  },
];

// Zod calls these functions once for each schema. Each creates a method that no function on Lambda calls.
const MAKE_METHODS = new Set(['createToJSONSchemaMethod', 'createStandardJSONSchemaMethod']);

/** A module with the same exports, which throw when they are called. */
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
 * Replaces large modules of dependencies by small modules that do all that this product needs. Our own modules are
 * never replaced, so both hosts run the same product code.
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
