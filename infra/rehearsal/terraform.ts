import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CREDENTIALS, REGION } from '../../rehearsal/aws/cloud.ts';
import type { DeployedPool } from '../../rehearsal/identity.ts';
import { type CommandResult, run } from '../../rehearsal/processes/children.ts';
import { terraformEnvironment } from '../terraform/terraform-environment.ts';

export interface Outputs {
  readonly api_invoke_url: string;
  readonly function_names: Readonly<Record<string, string>>;
  /** Null in open mode. */
  readonly sign_in: DeployedPool | null;
  /** Name of the bucket with the triage lessons of organizations. */
  readonly files_bucket: string;
  /** Name of the secret with the signing keys of cursors; empty if the keys are in the tables. */
  readonly signing_secret: string;
  readonly dead_letter_queue_urls: Readonly<Record<string, string>>;
}

interface Deployment {
  readonly project: string;
  /** Folder for the copy of the environment. */
  readonly folder: string;
  /** File for the output of Terraform. */
  readonly log: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Terraform {
  /** Returns Terraform's output. The variables in `changed` apply to this run only. */
  apply(changed?: Readonly<Record<string, string>>): Promise<string>;
  outputs(): Promise<Outputs>;
  /** The changes in a new plan; undefined if the plan has no changes. */
  changes(): Promise<string | undefined>;
  destroy(): Promise<void>;
}

/**
 * Runs Terraform on a copy of the environment and of the modules and packages that it uses. The state is in the copy,
 * and the stand-in replaces AWS.
 */
export async function terraformOn(
  cloudUrl: string,
  { project, folder, log, variables }: Deployment,
): Promise<Terraform> {
  cpSync(join(project, 'infra'), join(folder, 'infra'), {
    recursive: true,
    filter: (source) => !/\/(rehearsal|\.terraform|terraform\.tfstate.*)$/.test(source),
  });
  mkdirSync(join(folder, 'dist'));
  cpSync(join(project, 'dist'), join(folder, 'dist'), {
    recursive: true,
    filter: (source) => !source.endsWith('/rehearsal'),
  });
  const cwd = join(folder, 'infra/environments/dev');
  writeFileSync(join(cwd, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  const env = {
    ...terraformEnvironment(),
    AWS_ENDPOINT_URL: cloudUrl,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    TF_IN_AUTOMATION: '1',
    ...variablesOf({ region: REGION, ...variables }),
  };

  async function terraform(...args: string[]): Promise<CommandResult> {
    return terraformWith({}, ...args);
  }

  async function terraformWith(changed: Readonly<Record<string, string>>, ...args: string[]): Promise<CommandResult> {
    const result = await run('terraform', args, { cwd, env: { ...env, ...variablesOf(changed) }, log });
    if (result.status === 1) throw new Error(`terraform ${args.join(' ')} failed:\n${result.output}`);
    return result;
  }

  await terraform('init', '-input=false', '-no-color', '-reconfigure');
  return {
    async apply(changed = {}) {
      return (await terraformWith(changed, 'apply', '-input=false', '-no-color', '-auto-approve')).output;
    },
    async outputs() {
      const { output } = await terraform('output', '-json', '-no-color');
      const values = Object.entries(JSON.parse(output) as Record<string, { value: unknown }>);
      return Object.fromEntries(values.map(([name, { value }]) => [name, value])) as unknown as Outputs;
    },
    async changes() {
      const { status, output } = await terraform('plan', '-input=false', '-no-color', '-detailed-exitcode');
      return status === 0 ? undefined : output.slice(output.indexOf('Terraform will perform'));
    },
    async destroy() {
      await terraform('destroy', '-input=false', '-no-color', '-auto-approve');
    },
  };
}

function variablesOf(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`TF_VAR_${name}`, value]));
}
