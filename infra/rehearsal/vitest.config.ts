import { defineConfig } from 'vitest/config';

/** The tables of the API against the deployment that `npm run rehearse` serves. */
export default defineConfig({
  test: {
    include: ['infra/rehearsal/*.tables.ts'],
    // One deployment, which each table empties for itself.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
