import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Puts less in place of what is much larger than its use here. The SDK keeps the addresses that a service tells
 * it in a cache of the least recently used; DynamoDB has one, and a map will do. Of its own manifest it reads the
 * version. Lambda hands a function its credentials in the environment (AWS Lambda Developer Guide, "Using Lambda
 * environment variables"), so nothing is left to look for elsewhere, by SSO, STS or files.
 */
export const smallerDependencies: Plugin = {
  name: 'smaller-dependencies',
  setup(build) {
    build.onLoad({ filter: /[\\/]mnemonist[\\/]lru-cache\.m?js$/ }, () => ({
      contents: 'export default class extends Map { constructor() { super(); } }',
    }));
    build.onLoad({ filter: /[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/ }, () => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
    }));
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { name, version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};
