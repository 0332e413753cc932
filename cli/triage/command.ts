import type { Command } from 'commander';
import * as z from 'zod';
import {
  type Connection,
  CREDENTIALS_HELP,
  concurrencyFrom,
  concurrencyOption,
  connectionFrom,
  type Environment,
  urlOption,
} from '../connection/connection.ts';
import { UsageProblem } from '../terminal/problems.ts';

export interface TriageSettings extends Connection {
  /** All tickets, or only tickets that triage has not analysed yet. */
  readonly which: 'all' | 'missing';
  readonly since: string | undefined;
  readonly after: string | undefined;
  readonly concurrency: number;
}

interface Options {
  readonly all?: true;
  readonly missing?: true;
  readonly since?: string;
  readonly after?: string;
  readonly url?: string;
  readonly concurrency: string;
}

const HELP = `
Use it after the settings of triage have changed, or the analyser has, or for tickets that are older than triage.

${CREDENTIALS_HELP}
The key needs the rights tickets:read and tickets:manage.

What people have set stays, and so does what they decided about suggestions. Run it as often as you like.

Exit code: 0 all were read; 1 some were not, or none could be; 2 arguments that make no sense; 130 stopped by Ctrl-C.`;

const Instant = z.iso.datetime({ offset: true });

/** Adds `triage`, which requests the analysis of tickets. Without arguments it prints its help. */
export function addTriage(program: Command, env: Environment, run: (settings: TriageSettings) => Promise<void>): void {
  program
    .command('triage')
    .description('makes the server analyse tickets again')
    .usage('--all | --missing [options]')
    .option('--all', 'every ticket')
    .option('--missing', 'only tickets that were not analysed yet')
    .option('--since <instant>', 'of these, only tickets changed since this instant, such as 2026-11-21T08:00:00Z')
    .option('--after <cursor>', 'continue a stopped run with the cursor that it printed')
    .addOption(urlOption())
    .addOption(concurrencyOption('tickets in parallel', 4))
    .addHelpText('after', HELP)
    .action((options: Options, command: Command) => {
      if (program.args.length === 1) command.help();
      return run(settingsFrom(options, env));
    });
}

/** Throws `UsageProblem`. */
function settingsFrom({ all, missing, since, after, url, concurrency }: Options, env: Environment): TriageSettings {
  if (all === missing) throw new UsageProblem('Choose the tickets with either --all or --missing.');
  if (since !== undefined && !Instant.safeParse(since).success) {
    throw new UsageProblem(`--since "${since}" is not an instant such as 2026-11-21T08:00:00Z.`);
  }
  return {
    ...connectionFrom(url, env),
    which: all ? 'all' : 'missing',
    since,
    after,
    concurrency: concurrencyFrom(concurrency),
  };
}
