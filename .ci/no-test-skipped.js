import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

// Fails if a test of Vitest's JSON report was skipped: its tool is missing. Names the files that took longest.
const { numTotalTests, numPassedTests, testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const others = testResults.flatMap((file) => file.assertionResults).filter(({ status }) => status !== 'passed');
for (const { status, fullName } of others) console.log(`${status}: ${fullName}`);
const files = testResults.map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }));
for (const { name, seconds } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 20)) {
  console.log(`${seconds.toFixed(0).padStart(4)} s  ${relative('.', name)}`);
}
console.log(`${numPassedTests} of ${numTotalTests} tests passed`);
process.exit(numTotalTests > 0 && others.length === 0 ? 0 : 1);
