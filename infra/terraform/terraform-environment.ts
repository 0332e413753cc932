import { existsSync, globSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const PROVIDER = 'registry.terraform.io/hashicorp/aws';
/** Versions that the modules' constraint `~> 5.100` accepts, as a folder name or in the name of a provider archive. */
const VERSION = /(^|_)5\.\d{3,}\.\d+/;

let configuration: string | undefined;

/**
 * The environment variables for running Terraform: those of this process, without prompts and update checks. If a local
 * mirror of the AWS provider exists, Terraform takes the provider from it; `CURLEW_TERRAFORM_MIRROR` names a mirror.
 * Otherwise Terraform downloads the provider. The configuration file for the mirror exists until this process exits.
 */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: own, ...inherited } = process.env;
  const environment = { ...inherited, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  const named = process.env.CURLEW_TERRAFORM_MIRROR;
  if (named !== undefined && !holdsProvider(named)) {
    throw new Error(`CURLEW_TERRAFORM_MIRROR is ${named}, where there is no ${PROVIDER} of version 5.100 or newer.`);
  }
  if (named === undefined && own !== undefined && existsSync(own)) return { ...environment, TF_CLI_CONFIG_FILE: own };
  const mirror = named ?? usualPlaces().find(holdsProvider);
  if (mirror === undefined) return environment;
  configuration ??= writeConfiguration(mirror);
  return { ...environment, TF_CLI_CONFIG_FILE: configuration };
}

function usualPlaces(): string[] {
  const cache = process.env.TF_PLUGIN_CACHE_DIR;
  return [
    ...(cache === undefined ? [] : [cache]),
    join(homedir(), '.terraform.d/plugins'),
    join(homedir(), '.terraform.d/plugin-cache'),
    '/usr/share/terraform/plugins',
    '/usr/local/share/terraform/plugins',
    ...globSync('/opt/*/registry.terraform.io').map((folder) => join(folder, '..')),
  ];
}

function holdsProvider(mirror: string): boolean {
  const folder = join(mirror, PROVIDER);
  return existsSync(folder) && readdirSync(folder).some((name) => VERSION.test(name));
}

function writeConfiguration(mirror: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-terraform-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'terraform.rc');
  writeFileSync(
    file,
    `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["${PROVIDER}"]
  }
  direct {
    exclude = ["${PROVIDER}"]
  }
}
`,
  );
  return file;
}
