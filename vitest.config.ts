import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,backend,client,cli,models,infra,rehearsal,bench,test}/**/*.test.ts'],
    // Limits are for tests that hang. No test may depend on the speed of the machine, which may have other work to do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 120_000, interval: 20 } },
  },
});
