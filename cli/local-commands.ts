import type { Command } from 'commander';

/**
 * Adds the commands that open the data folder of a server on this machine. This file declares their arguments; the code
 * is in the local host and is loaded when a command runs.
 */
export function addLocalCommands(program: Command, keys: Command, exitWith: (code: number) => void): void {
  program
    .command('dead-letters')
    .description('lists failed event deliveries and timers, or retries them')
    .option('--replay <position>', 'the position of a delivery to retry, or "timer:" and the id of a timer, or "all"')
    .addHelpText(
      'after',
      '\nThe command opens the database in CURLEW_DATA_DIR and may run beside the server. The server retries deliveries within a second, and timers within a minute.',
    )
    .action(async ({ replay }: { replay?: string }) => {
      const { deadLetters } = await import('../backend/src/hosts/local/dead-letters.ts');
      exitWith(await deadLetters(replay));
    });
  program
    .command('passwords')
    .description('resets a password')
    .command('reset')
    .description('sets a new password for a user, prints it, and ends all sessions of the user')
    .argument('[email]', 'address of the user (default: the first admin)')
    .option('--organization <id>', 'organization of the user', 'default')
    .addHelpText(
      'after',
      '\nThe command opens the database in CURLEW_DATA_DIR and may run beside the server. The server accepts old tokens for one more minute.',
    )
    .action(async (email: string | undefined, { organization }: { organization: string }) => {
      const { resetPassword } = await import('../backend/src/hosts/local/reset-password.ts');
      exitWith(await resetPassword(email, organization));
    });
  keys
    .command('rotate')
    .description('adds a signing key for access tokens to CURLEW_DATA_DIR; the previous key stays valid for 24 hours')
    .action(async () => {
      const { rotateKeys } = await import('../backend/src/hosts/local/rotate-keys.ts');
      exitWith(await rotateKeys());
    });
}
