import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canHaveDynoxide, HOW_TO_GET_DYNOXIDE } from './dynamodb/dynoxide-binary.ts';

/** The missing tools of the rehearsal, each with installation instructions. */
export function missingTools(): string[] {
  const needed: readonly [isThere: () => boolean, how: string][] = [
    [
      () => answers('terraform', 'version'),
      'Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install',
    ],
    [canHaveDynoxide, `DynamoDB's stand-in: ${HOW_TO_GET_DYNOXIDE}`],
    [() => isOnPath('moto_server'), "the stand-in for AWS: pip install 'moto[server]==5.2.1' (or pipx install)"],
  ];
  return needed.filter(([isThere]) => !isThere()).map(([, how]) => how);
}

function answers(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
