import { basename, dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

// What few requests need, with a client of the SDK of its own.
const APART = /[\\/]adapters[\\/](?:comprehend|s3)[\\/]index\.ts$/;
const ERRORS = /[\\/]core[\\/]src[\\/]kernel[\\/]errors\.ts$/;

/** The file of our errors, which all bundles of a function share: an error is one by its class. */
export const ERRORS_NAME = 'errors';

/**
 * Leaves what is bundled apart to be loaded from beside the function, and adds it to `found`: its name and its file.
 * esbuild would put all modules of the SDK that it shares with the function into what is compiled at each cold start,
 * down to the parts that only the latter never uses.
 */
export function leavingApart(found: Map<string, string>): Plugin {
  return {
    name: 'leaving-apart',
    setup(build) {
      build.onResolve({ filter: APART }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') {
          return { errors: [{ text: `${path} is bundled apart, so it must be loaded by a dynamic import.` }] };
        }
        const name = basename(dirname(path));
        found.set(name, resolve(resolveDir, path));
        return { path: `./${name}.mjs`, external: true };
      });
    },
  };
}

/** In what is bundled apart: errors are those of the function. */
export const sharingErrors: Plugin = {
  name: 'sharing-errors',
  setup(build) {
    build.onResolve({ filter: /errors\.ts$/ }, ({ path, resolveDir }) =>
      ERRORS.test(resolve(resolveDir, path)) ? { path: `./${ERRORS_NAME}.mjs`, external: true } : undefined,
    );
  },
};
