import type { Command } from 'commander';

/**
 * Adds the commands that open the data folder of a server on this machine. They belong to the local host, which knows
 * its database and its configuration; this file only declares their arguments. Loaded when they are run.
 */
export function addLocalCommands(program: Command, keys: Command, exitWith: (code: number) => void): void {
  program
    .command('dead-letters')
    .description('lists the deliveries of events and the timers that were given up, or tries them again')
    .option(
      '--replay <position>',
      'the position of a delivery to try again, or "timer:" and the id of a timer, or "all"',
    )
    .addHelpText(
      'after',
      '\nIt opens the database in CURLEW_DATA_DIR, also while the server runs; the server retries deliveries within a second, and timers within a minute.',
    )
    .action(async ({ replay }: { replay?: string }) => {
      const { deadLetters } = await import('../backend/src/hosts/local/dead-letters.ts');
      exitWith(await deadLetters(replay));
    });
  program
    .command('passwords')
    .description('resets a password')
    .command('reset')
    .description('gives a user a new password, prints it, and ends their sessions')
    .argument('[email]', 'address of the user (default: the first admin)')
    .option('--organization <id>', 'organization of the user', 'default')
    .addHelpText(
      'after',
      '\nIt opens the database in CURLEW_DATA_DIR, also while the server runs; that accepts old tokens for another minute.',
    )
    .action(async (email: string | undefined, { organization }: { organization: string }) => {
      const { resetPassword } = await import('../backend/src/hosts/local/reset-password.ts');
      exitWith(await resetPassword(email, organization));
    });
  keys
    .command('rotate')
    .description('adds a signing key of access tokens to CURLEW_DATA_DIR; the key before is accepted for 24 hours')
    .action(async () => {
      const { rotateKeys } = await import('../backend/src/hosts/local/rotate-keys.ts');
      exitWith(await rotateKeys());
    });
}
