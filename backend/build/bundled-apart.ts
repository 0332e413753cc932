import { basename, dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

// Adapters that few requests need, and that use their own client of the SDK.
const APART = /[\\/]adapters[\\/](?:comprehend|s3)[\\/]index\.ts$/;
const ERRORS = /[\\/]core[\\/]src[\\/]kernel[\\/]errors\.ts$/;

/** The bundle of our error classes. All bundles of a function share it, so that `instanceof` works across bundles. */
export const ERRORS_NAME = 'errors';

/**
 * Replaces the import of an adapter that is bundled apart by an import of its own bundle beside the function, and adds
 * the name and the file of the adapter to `found`. With a single bundle, esbuild would move all SDK modules that the
 * adapter and the function share into the code that is compiled at each cold start, including the parts that only the
 * adapter uses.
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

/** Makes the bundle of an adapter import the error classes of the function. */
export const sharingErrors: Plugin = {
  name: 'sharing-errors',
  setup(build) {
    build.onResolve({ filter: /errors\.ts$/ }, ({ path, resolveDir }) =>
      ERRORS.test(resolve(resolveDir, path)) ? { path: `./${ERRORS_NAME}.mjs`, external: true } : undefined,
    );
  },
};
