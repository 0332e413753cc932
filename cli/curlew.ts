import { NoAnswer, Unauthenticated } from '@curlew/client';
import { Command, CommanderError } from 'commander';
import { addAwsCommands } from './aws-commands.ts';
import type { Environment } from './connection/connection.ts';
import { addImport } from './import/command.ts';
import { addLocalCommands } from './local-commands.ts';
import { CommandProblem, UsageProblem } from './terminal/problems.ts';
import { addTriage } from './triage/command.ts';

const PROGRAM = 'npm run curlew --';

/** All commands. Each calls `exitWith` with its exit code, or throws. */
export function curlewProgram(env: Environment, exitWith: (code: number) => void): Command {
  const program = new Command()
    .name(PROGRAM)
    .description('The commands of Curlew.')
    .showHelpAfterError(`("${PROGRAM} --help" lists the commands, "${PROGRAM} COMMAND --help" explains one.)`)
    .showSuggestionAfterError(false)
    .exitOverride();
  addImport(program, env, async (settings) => {
    const { runImport } = await import('./import/run-import.ts');
    exitWith(await runImport(settings));
  });
  addTriage(program, env, async (settings) => {
    const { runTriage } = await import('./triage/run-triage.ts');
    exitWith(await runTriage(settings));
  });
  const keys = program.command('keys').description('rotates signing keys, and creates the first API key on AWS');
  addLocalCommands(program, keys, exitWith);
  addAwsCommands(program, keys, exitWith);
  return program;
}

/** Runs the command that the arguments name. Resolves with the exit code: 2 when the arguments are wrong. */
export async function runCurlew(args: readonly string[], env: Environment): Promise<number> {
  let exitCode = 0;
  const program = curlewProgram(env, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already printed its message or the requested help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageProblem) {
      console.error(`${error.message}\n("${PROGRAM} ${args[0]} --help" explains all options.)`);
      return 2;
    }
    if (error instanceof CommandProblem || error instanceof Unauthenticated) {
      console.error(error.message);
      return 1;
    }
    if (!(error instanceof NoAnswer)) throw error;
    console.error(
      `Curlew does not answer: ${error.message}. Is it running? Start it with "npm start", or set its address with --url.`,
    );
    return 1;
  }
}
