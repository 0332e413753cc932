import { parseArgs } from 'node:util';
import * as z from 'zod';
import { concurrencyFrom, isOfParseArgs, UsageProblem, urlFrom } from '../import/arguments.ts';

export interface Arguments {
  readonly url: string;
  readonly token: string | undefined;
  readonly apiKey: string | undefined;
  /** All tickets, or those that were never read. */
  readonly which: 'all' | 'missing';
  readonly since: string | undefined;
  readonly after: string | undefined;
  readonly concurrency: number;
}

export const HELP = `Has Curlew read tickets again, through its API: after the settings of triage have changed, or the analyser has, or for
tickets that are older than triage.

  npm run triage -- --all | --missing [options]

  --all               every ticket
  --missing           those that were not read yet
  --since INSTANT     of these, the ones that have changed since, such as 2026-11-21T08:00:00Z
  --after CURSOR      goes on where a run was stopped, with what it said
  --url URL           where Curlew listens (default: CURLEW_URL, or 127.0.0.1 at PORT or 3000)
  --concurrency N     tickets at once, 1 to 32 (default 4)
  --help              prints this

Where the server wants to know who you are, set CURLEW_TOKEN to an access token, from which the run makes itself an API
key and revokes it in the end, or CURLEW_API_KEY to an API key with the rights tickets:read and tickets:manage.

What people have set stays, and so does what they decided about suggestions. Run it as often as you like.

Exit code: 0 all were read; 1 some were not, or none could be; 2 arguments that make no sense; 130 stopped by Ctrl-C.`;

const Instant = z.iso.datetime({ offset: true });

/** Throws `UsageProblem`; answers nothing when help is asked for, or nothing else. */
export function parseArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Arguments | undefined {
  if (args.length === 0) return undefined;
  const values = valuesOf(args);
  if (values.help) return undefined;
  const { all, missing, since, after } = values;
  if (all === missing) throw new UsageProblem('Which tickets? Say either --all or --missing.');
  if (since !== undefined && !Instant.safeParse(since).success) {
    throw new UsageProblem(`--since "${since}" is not an instant such as 2026-11-21T08:00:00Z.`);
  }
  return {
    url: urlFrom(values.url ?? (env.CURLEW_URL || `http://127.0.0.1:${env.PORT || 3000}`)),
    token: env.CURLEW_TOKEN || undefined,
    apiKey: env.CURLEW_API_KEY || undefined,
    which: all ? 'all' : 'missing',
    since,
    after,
    concurrency: concurrencyFrom(values.concurrency),
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        all: { type: 'boolean', default: false },
        missing: { type: 'boolean', default: false },
        since: { type: 'string' },
        after: { type: 'string' },
        url: { type: 'string' },
        concurrency: { type: 'string', default: '4' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    if (isOfParseArgs(error)) throw new UsageProblem(error.message);
    throw error;
  }
}
