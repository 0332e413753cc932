import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REGION } from '../../rehearsal/aws/cloud.ts';
import { missingTools } from '../../rehearsal/preflight.ts';
import { reportText, type ScenarioReport, summaryLine } from '../../rehearsal/report.ts';
import type { DeploymentFacts } from './control.ts';
import { HELP, type Options, parseOptions, titleOf, UsageProblem } from './options.ts';
import { rehearse } from './scenario.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const REPORTS = join(PROJECT, 'dist/rehearsal');

// Exit handlers end all child processes and remove all temporary folders, so a signal must cause a normal exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.log('\nStopped. All started processes have ended; the logs are in dist/rehearsal.');
    process.exit(130);
  });
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) console.log(HELP);
  else process.exit(await main(options));
} catch (error) {
  console.error(error instanceof UsageProblem ? `${error.message}\n\n${HELP}` : error);
  process.exit(error instanceof UsageProblem ? 2 : 1);
}

async function main({ scenarios, keep, port }: Options): Promise<number> {
  const missing = missingTools();
  if (missing.length > 0) {
    console.error(`Missing tools of the rehearsal:\n${missing.map((one) => `  - ${one}`).join('\n')}`);
    return 1;
  }
  mkdirSync(REPORTS, { recursive: true });
  // Scenarios run in parallel, because each spends much time waiting for its processes.
  const reports = await Promise.all(
    scenarios.map((scenario, index) => {
      const name = scenarios.length > 1 ? `${index + 1}. ` : '';
      const print = (line: string) => console.log(`${name}${line}`);
      print(titleOf(scenario));
      const rehearsal = { project: PROJECT, reports: REPORTS, port, print, ...(keep && { serving }) };
      return rehearse(scenario, rehearsal).catch((error: unknown) => failedReport(titleOf(scenario), error));
    }),
  );
  const text = reportText(reports);
  writeFileSync(join(REPORTS, 'report.md'), text);
  console.log(`\n${text}\nThis report is in dist/rehearsal/report.md, the logs are in the folders beside it.`);
  console.log(summaryLine(reports));
  return reports.every(({ checks }) => checks.every(({ ok }) => ok)) ? 0 : 1;
}

function failedReport(title: string, error: unknown): ScenarioReport {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(detail);
  return {
    title,
    checks: [{ name: 'the rehearsal runs to its end', ok: false, detail }],
    seconds: [],
    functions: [],
    calls: [],
    deliveries: [],
  };
}

interface Served {
  readonly url: string;
  readonly control: string;
  readonly logs: string;
  readonly facts: DeploymentFacts;
}

/** Prints the URLs of the deployment. Never resolves, so the process serves until a signal ends it. */
function serving({ url, control, logs, facts }: Served): Promise<never> {
  const base = `${url}${facts.basePath}`;
  console.log(`
The deployed API answers at ${base}
An API key of its first admin: export KEY=${facts.adminKey}
Try: curl -H "x-api-key: $KEY" --json '{"title":"My first ticket"}' ${base}/v1/tickets
AWS for the AWS CLI v2 and the SDKs: AWS_ENDPOINT_URL=${facts.cloudUrl} AWS_REGION=${REGION} and any credentials
Control: curl ${control}/calls (also /settled, /events, /failures, /deployment; POST /reset, /fault)
Logs of the functions and of Terraform: ${logs}
Ctrl-C ends it and removes everything but the logs.`);
  return new Promise(() => {});
}
