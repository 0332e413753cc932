import { defineConfig } from 'vitest/config';

/** Runs the API test tables against the deployment of `npm run rehearse`. */
export default defineConfig({
  test: {
    include: ['infra/rehearsal/*.tables.ts'],
    // All test files share one deployment, and tests reset it, so the files must not run in parallel.
    fileParallelism: false,
    // Longer than the runner's limit of 600 s for pending deliveries, which a busy machine may need.
    testTimeout: 660_000,
    hookTimeout: 660_000,
  },
});
