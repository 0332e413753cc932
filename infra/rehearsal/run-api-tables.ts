import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../rehearsal/processes/children.ts';

interface Results {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the API test tables, and the tests that need AWS, against the deployment. */
export async function runApiTables(
  project: string,
  { url, control, aws, folder }: { url: string; control: string; aws: string; folder: string },
): Promise<{ ok: boolean; detail: string }> {
  const file = join(folder, 'tables.json');
  const vitest = join(project, 'node_modules/vitest/vitest.mjs');
  const config = join(project, 'infra/rehearsal/vitest.config.ts');
  const env = {
    ...process.env,
    CURLEW_REHEARSAL_URL: url,
    CURLEW_REHEARSAL_CONTROL: control,
    CURLEW_REHEARSAL_AWS: aws,
  };
  const args = [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${file}`];
  const { output } = await run(process.execPath, args, { cwd: project, env });
  if (!existsSync(file)) return { ok: false, detail: output };
  const { numTotalTests, numPassedTests, testResults } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const failures = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed')
      .map(
        ({ status, fullName, failureMessages }) =>
          `${status}: ${fullName}\n${failureMessages.join('\n').replace(/\n\s+at [^\n]*/g, '')}`,
      ),
  );
  const broken = testResults.map(({ message }) => message).filter((message) => message !== '');
  const ok = numTotalTests > 0 && failures.length === 0 && broken.length === 0;
  return { ok, detail: [`${numPassedTests} of ${numTotalTests} tests passed`, ...failures, ...broken].join('\n') };
}
