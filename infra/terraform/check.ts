import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipName } from '../../backend/build/zip-name.ts';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';
import { terraformEnvironment } from './terraform-environment.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CHECKED = ['bootstrap', 'environments', 'examples', 'modules'];

interface Outcome {
  readonly ok: boolean;
  readonly text: string;
}

/** Checks the format, validity and tests of all Terraform folders without an AWS account. Takes 1 to 3 minutes. */
async function main(): Promise<void> {
  if (spawnSync('terraform', ['version'], { stdio: 'ignore' }).error !== undefined) {
    console.error('This needs Terraform 1.10 or newer on the PATH: https://developer.hashicorp.com/terraform/install');
    process.exitCode = 1;
    return;
  }
  const started = performance.now();
  const temporary = mkdtempSync(join(tmpdir(), 'curlew-infra-'));
  process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
  process.on('SIGINT', () => process.exit(130)).on('SIGTERM', () => process.exit(143));
  const failures = await checkAll(temporary);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(failures === 0 ? `All good, in ${seconds} s` : `${failures} failed, in ${seconds} s`);
  process.exitCode = failures === 0 ? 0 : 1;
}

async function checkAll(temporary: string): Promise<number> {
  // Terraform writes files beside its sources, so it runs on a copy. One test reads files in docs.
  const infra = join(temporary, 'infra');
  for (const name of [...CHECKED, 'generated']) {
    cpSync(join(ROOT, 'infra', name), join(infra, name), { recursive: true, filter: isSource });
  }
  symlinkSync(join(ROOT, 'docs'), join(temporary, 'docs'));
  writeArtifacts(join(infra, 'modules/function/tests/artifacts'));
  const cache = join(temporary, 'plugins');
  mkdirSync(cache);
  const environment = {
    TF_PLUGIN_CACHE_DIR: cache,
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
    ...terraformEnvironment(),
  };

  const run = (folder: string, ...args: string[]) => capture('terraform', [`-chdir=${folder}`, ...args], environment);
  let failures = 0;
  const report = (name: string, { ok, text }: Outcome) => {
    if (!ok) failures += 1;
    console.log(ok ? `ok      ${name}${text}` : `FAILED  ${name}\n${text}`);
  };

  report('format', withoutTextIfOk(await run(infra, 'fmt', '-check', '-recursive', '-diff', '-no-color')));

  const waiting = foldersWithTerraform(infra);
  const checkNext = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      report(name, await checkFolder((...args) => run(join(infra, name as string), ...args), join(infra, name)));
    }
  };
  // The first folder downloads the provider into the cache, and the other folders find it there.
  const first = waiting.shift() as string;
  report(first, await checkFolder((...args) => run(join(infra, first), ...args), join(infra, first)));
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, checkNext));
  return failures;
}

async function checkFolder(run: (...args: string[]) => Promise<Outcome>, folder: string): Promise<Outcome> {
  const started = await run('init', '-backend=false', '-input=false', '-no-color');
  if (!started.ok) return started;
  // `terraform test` also validates the folder.
  const hasTests = existsSync(join(folder, 'tests'));
  const outcome = await run(hasTests ? 'test' : 'validate', '-no-color');
  const passed = /(\d+) passed/.exec(outcome.text)?.[1];
  if (outcome.ok && hasTests && passed === undefined) return { ok: false, text: 'No test ran.' };
  return outcome.ok ? { ok: true, text: passed === undefined ? ', valid' : `, ${passed} tests` } : outcome;
}

/** Modules need the zip of each function. Tests deploy no zip, so the content does not matter. */
function writeArtifacts(folder: string): void {
  mkdirSync(folder);
  for (const { name } of FUNCTIONS) writeFileSync(join(folder, zipName(name)), name);
}

function foldersWithTerraform(infra: string): string[] {
  return CHECKED.flatMap((name) => [name, ...readdirSync(join(infra, name)).map((inside) => `${name}/${inside}`)])
    .filter((name) => existsSync(join(infra, name, 'main.tf')))
    .sort();
}

function isSource(path: string): boolean {
  return !/^\.terraform|\.tfstate|^backend\.hcl$|\.tfvars$/.test(basename(path));
}

function withoutTextIfOk({ ok, text }: Outcome): Outcome {
  return { ok, text: ok ? '' : text };
}

function capture(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ ok: code === 0, text: text.trim() }));
  });
}

await main();
