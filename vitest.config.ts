import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const TESTS = '{core,backend,client,cli,models,infra,rehearsal,bench,test}/**/*.test.ts';
const onDynamoDb = globSync(TESTS, { cwd: import.meta.dirname, exclude: configDefaults.exclude }).filter((file) =>
  readFileSync(file, 'utf8').includes("/dynamodb.ts'"),
);

export default defineConfig({
  test: {
    // Many tests wait: for processes that they start, for clients that give up.
    maxWorkers: 2 * availableParallelism(),
    // Limits are for tests that hang. No test may depend on the speed of the machine, which may have other work to do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 120_000, interval: 20 } },
    projects: [
      { extends: true, test: { name: 'unit', include: [TESTS], exclude: [...configDefaults.exclude, ...onDynamoDb] } },
      // The files that import backend/test/dynamodb.ts. Only a run that has one of them starts the database.
      { extends: true, test: { name: 'dynamodb', include: onDynamoDb, globalSetup: 'backend/test/dynamodb-setup.ts' } },
    ],
  },
});
