import { readdirSync, readFileSync } from 'node:fs';
import { type Block, readBlocks } from './terraform-blocks.ts';

const INFRA = new URL('../', import.meta.url);
const SYSTEM = 'modules/support-system';

/** Variables of support-system that each environment sets or describes itself, in its `main.tf` and `variables.tf`. */
const OWN = new Set([
  'environment',
  'artifacts_folder',
  'layout',
  'auth',
  'table_settings',
  'function_settings',
  'alarms',
]);

const HEAD = '# Printed by npm run generate from modules/support-system.';

/**
 * The files that repeat variables and outputs of the module support-system in each environment, by path from the root,
 * because Terraform cannot pass a module's variables through. All variables are null by default, so that the defaults
 * and checks of the module apply.
 */
export function environmentFiles(): (readonly [path: string, text: string])[] {
  const options = blocksOf('variables.tf').filter(({ labels: [name = ''] }) => !OWN.has(name));
  const files = {
    'options.tf': [HEAD, ...options.map(option)].join('\n\n'),
    'outputs.tf': [HEAD, ...blocksOf('outputs.tf').map(output)].join('\n\n'),
  };
  return environments().flatMap((name) =>
    Object.entries(files).map(([file, text]) => [`infra/environments/${name}/${file}`, `${text}\n`] as const),
  );
}

function environments(): string[] {
  return readdirSync(new URL('environments/', INFRA), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function blocksOf(file: string): Block[] {
  return readBlocks(readFileSync(new URL(`${SYSTEM}/${file}`, INFRA), 'utf8'));
}

function option({ labels: [name], attributes }: Block): string {
  return `variable "${name}" {
  description = ${attributes.get('description')}
  type        = ${attributes.get('type')}
  default     = null
}`;
}

function output({ labels: [name], attributes }: Block): string {
  return `output "${name}" {
  description = ${attributes.get('description')}
  value       = module.support_system.${name}
}`;
}
