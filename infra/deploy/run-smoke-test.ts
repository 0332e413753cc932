import { type Access, SmokeTestFailure, smokeTest } from './smoke-test.ts';

// Usage: run-smoke-test.ts URL [open|required]
const [url, expected] = process.argv.slice(2);
if (url === undefined || !/^https?:\/\//.test(url) || !(expected === undefined || isAccess(expected))) {
  console.error('Usage: run-smoke-test.ts URL [open|required]');
  process.exit(2);
}

try {
  const access = await smokeTest(url, { expected, say: (line) => console.log(`  ${line}`) });
  console.log(
    access === 'open'
      ? 'The smoke test passed. Open mode: everyone with the URL can read and change all data.'
      : 'The smoke test passed. Callers have to sign in.',
  );
} catch (error) {
  if (!(error instanceof SmokeTestFailure)) throw error;
  console.error(`The smoke test failed: ${error.message}`);
  process.exitCode = 1;
}

function isAccess(value: string): value is Access {
  return value === 'open' || value === 'required';
}
