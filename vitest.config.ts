import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,backend,cli,models,infra,rehearsal,bench,test}/**/*.test.ts'],
    // Some tests start servers and kill them; what hangs is a failure, and says so before the run as a whole does.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
