import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Leaves out zod's generator of JSON Schema, 15 KiB that every schema holds on to. The contract is printed by a script;
 * a function that asks for a JSON Schema all the same gets an error.
 */
export const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/ },
      async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const names = [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name = '']) => name);
        const renamed = [...text.matchAll(/^export \{ \w+ as (\w+) \};/gm)].map(([, name = '']) => name);
        // What makes a method of a schema is called for each schema; the method itself never is.
        const lines = [...names, ...renamed].map(
          (name) => `  ${name.startsWith('create') ? 'method' : 'missing'} as ${name},`,
        );
        return {
          contents: [
            "const missing = () => { throw new Error('Functions have no JSON Schema.'); };",
            'const method = () => missing;',
            `export {\n${lines.join('\n')}\n};`,
          ].join('\n'),
        };
      },
    );
  },
};
