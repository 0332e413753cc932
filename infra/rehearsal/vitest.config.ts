import { defineConfig } from 'vitest/config';

/** The tables of the API against the deployment that `npm run rehearse` serves. */
export default defineConfig({
  test: {
    include: ['infra/rehearsal/*.tables.ts'],
    // One deployment, which each table empties for itself.
    fileParallelism: false,
    // Longer than the runner waits for streams and queues, which is long on a busy machine.
    testTimeout: 660_000,
    hookTimeout: 660_000,
  },
});
