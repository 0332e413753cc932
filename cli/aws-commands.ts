import type { Command } from 'commander';

const AWS_HELP = '\nThe region is AWS_REGION; the credentials are those of the AWS SDK.';

/**
 * Adds the commands for a deployment on AWS. They use the AWS SDK with the operator's credentials, not the API. This
 * file declares their arguments; the code is in infra and is loaded when a command runs.
 */
export function addAwsCommands(program: Command, keys: Command, exitWith: (code: number) => void): void {
  keys
    .command('admin-key')
    .description('creates an API key with all rights of the first admin, and prints it')
    .argument('<environment>', 'dev, staging or prod')
    .addHelpText('after', AWS_HELP)
    .action(async (environment: string) => {
      const { adminKey } = await import('../infra/deploy/admin-key.ts');
      exitWith(await adminKey(environment));
    });
  keys
    .command('rotate-signing-key')
    .description('adds a signing key for cursors to the secret support-signing-ENVIRONMENT')
    .argument('<environment>', 'dev, staging or prod')
    .option('--only-first', 'only if the secret has no key yet')
    .option('--leaked', 'invalidate all existing cursors within five minutes')
    .addHelpText('after', `${AWS_HELP}\nFor deployments with signing_secret = "secrets-manager".`)
    .action(async (environment: string, options: { onlyFirst?: true; leaked?: true }, command: Command) => {
      if (options.onlyFirst && options.leaked)
        command.error("error: options '--only-first' and '--leaked' exclude each other");
      const { rotateSigningKey } = await import('../infra/deploy/rotate-signing-key.ts');
      exitWith(await rotateSigningKey(environment, options));
    });
  program
    .command('replay')
    .description('delivers dead letters on AWS again, or the events of a table')
    .argument('<environment>', 'dev, staging or prod')
    .option('--subscription <name>', 'the events in the dead-letter queue of this subscription')
    .option('--table <name>', 'the events of this table between --from and --to; reads the whole table')
    .option('--from <instant>', 'such as 2026-01-31T10:00:00Z')
    .option('--to <instant>', 'such as 2026-01-31T11:00:00Z')
    .addHelpText(
      'after',
      `\nWithout options: the events that the dead-letter queue of the relay names, as long as the streams hold them (a day).
Removes the dead letters whose events were delivered again. Consumers accept an event twice.${AWS_HELP}`,
    )
    .action(async (environment: string, options: Record<string, string>) => {
      const { replayEvents } = await import('../infra/deploy/replay-events.ts');
      exitWith(await replayEvents(environment, options));
    });
}
