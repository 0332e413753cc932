import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CREDENTIALS, cloudAt, REGION } from '../../../rehearsal/aws/cloud.ts';
import { startAwsFront } from '../../../rehearsal/aws-front.ts';
import { readFunctions } from '../../../rehearsal/deployed/read-functions.ts';
import { missingTools } from '../../../rehearsal/preflight.ts';
import { removeFolder, run, temporaryFolder } from '../../../rehearsal/processes/children.ts';
import { startMoto } from '../../../rehearsal/start-moto.ts';
import { terraformEnvironment } from '../../terraform/terraform-environment.ts';
import { copyProject } from './project-copy.ts';
import { serveDeployed } from './serve-deployed.ts';

// Rehearses a rollback: deploys working code, deploys broken code, and rolls back. Uses the real scripts, Terraform and
// packages, on a stand-in for AWS. Usage: npm run rehearse -- rollback

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const CHOSEN = ['-var', 'auth=open', '-var', 'signing_secret=secrets-manager'];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const missing = missingTools();
if (missing.length > 0) {
  console.error(`Missing tools of the rehearsal:\n${missing.map((one) => `  - ${one}`).join('\n')}`);
  process.exit(1);
}

const folder = temporaryFolder();
const copy = join(folder, 'project');
mkdirSync(copy);
const project = copyProject(PROJECT, copy);
const moto = await startMoto(folder);
// The second URL is for table items. Only the functions use items, in their own tables, so moto's URL is enough here.
const aws = await startAwsFront(moto.url, moto.url);
const cloud = cloudAt(aws.url);
const packageFolders = () => {
  const stored = join(copy, 'dist/rollback/dev');
  return [join(copy, 'dist'), ...(existsSync(stored) ? readdirSync(stored).map((name) => join(stored, name)) : [])];
};
const api = await serveDeployed({ cloud, folder: join(folder, 'functions'), packageFolders });

try {
  await rehearse();
  console.log('\nThe rollback works.');
} catch (error) {
  console.error(`\nThe rollback does not work: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await api.stop();
  aws.stop();
  moto.stop();
  removeFolder(folder);
}

async function rehearse(): Promise<void> {
  const deploy = (title: string, exitCode: number) =>
    step(title, exitCode, 'infra/deploy/deploy', 'dev', '--yes', '--url', api.url, '--', ...CHOSEN);
  const refused = await step('deploy without a state bucket', 1, 'infra/deploy/deploy', 'dev', '--plan-only');
  expect('the output names the folder that creates the bucket', refused.includes('infra/bootstrap'));
  await step('bootstrap: init', 0, 'terraform', '-chdir=infra/bootstrap', 'init');
  await step('bootstrap: apply', 0, 'terraform', '-chdir=infra/bootstrap', 'apply', '-auto-approve');
  // The bucket policy refuses requests without TLS, and the stand-in has no TLS.
  const bucket = ['--bucket', 'curlew-state-123456789012', '--region', REGION];
  await step('remove the bucket policy', 0, 'aws', 's3api', 'delete-bucket-policy', ...bucket);

  project.commit('feat: working code');
  const first = await deploy('deploy a version that works', 0);
  expect('the signing secret gets its first key', first.includes('support-signing-dev: It has its first key.'));
  const workingCode = await running();

  project.edit('backend/src/http/service.ts', '({ ready }) => ready()', "() => Promise.reject(new Error('rehearsal'))");
  project.commit('feat: code that is never ready');
  const output = await deploy('deploy a broken version', 1);
  expect('the broken code runs', (await running()) !== workingCode);
  const [, environment = '', name = ''] = /infra\/deploy\/rollback (\w+) (\S+)/.exec(output) ?? [];
  expect('the output names the command of the rollback', environment === 'dev' && name !== '');

  await step(
    'refuse a rollback that would also change the access',
    1,
    'infra/deploy/rollback',
    environment,
    name,
    '--yes',
  );
  expect('the broken code still runs', (await running()) !== workingCode);

  await step('roll back', 0, 'infra/deploy/rollback', environment, name, '--yes', '--url', api.url, '--', ...CHOSEN);
  expect('the working code runs again', (await running()) === workingCode);
  const listed = await step('list the deployments', 0, 'infra/deploy/rollback', environment);
  expect('the list marks the running deployment', listed.includes(`${name}  (runs now)`));
  const folderVariable = `artifacts_folder=../../../dist/rollback/dev/${name}`;
  const plan = ['plan', '-input=false', '-detailed-exitcode', '-var', folderVariable, ...CHOSEN];
  await step(
    'plan: the state is correct and nothing changes',
    0,
    'terraform',
    '-chdir=infra/environments/dev',
    ...plan,
  );

  await step('deploy the broken code without Terraform', 0, 'infra/deploy/deploy-lambda.sh', 'dev');
  expect('the broken code runs', (await running()) !== workingCode);
  await step(
    'roll back the code that Terraform does not know',
    0,
    'infra/deploy/rollback',
    environment,
    name,
    '--yes',
    '--url',
    api.url,
    '--',
    ...CHOSEN,
  );
  expect('the working code runs again', (await running()) === workingCode);
}

/** The names of all functions with the hashes of their code. */
async function running(): Promise<string> {
  const functions = await readFunctions(cloud);
  return functions
    .map(({ name, codeSha256 }) => `${name} ${codeSha256}`)
    .sort()
    .join('\n');
}

/** Runs a command in the copy of the project. Throws its output if its exit code is not `status`. */
async function step(title: string, status: number, command: string, ...args: string[]): Promise<string> {
  process.stdout.write(`${title} … `);
  const started = performance.now();
  const env = {
    ...terraformEnvironment(),
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    TF_VAR_region: REGION,
    NO_COLOR: '1',
  };
  const ran = await run(command, args, { cwd: copy, env });
  await api.stopVersion();
  if (ran.status !== status) {
    throw new Error(`"${[command, ...args].join(' ')}" ended with ${ran.status}, not ${status}:\n${ran.output}`);
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  return ran.output;
}

function expect(statement: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`Not true: ${statement}.`);
  console.log(`✓ ${statement}`);
}
