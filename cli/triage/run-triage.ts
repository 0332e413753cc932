import { clientOf } from '../connection/connection.ts';
import { makeOwnKey, OWN_KEY_REFUSED } from '../connection/own-key.ts';
import { count, showLine } from '../terminal/progress-line.ts';
import { waitReport } from '../terminal/wait-report.ts';
import type { TriageSettings } from './command.ts';
import { retriage, type Stopped, type Tally } from './retriage.ts';

// The analysis of a text may be slow, and it may wait for other texts.
const TIMEOUT_MILLISECONDS = 60_000;
const OWN_KEY = { name: 'Triage', scopes: ['tickets:read', 'tickets:manage'] };

/** Requests the analysis of tickets and prints the counts. Resolves with the exit code. */
export async function runTriage(settings: TriageSettings): Promise<number> {
  const { url, token, apiKey } = settings;
  const waits = waitReport((line) => progress.log(line));
  const options = { timeoutMilliseconds: TIMEOUT_MILLISECONDS, onWait: waits.add };
  const first = clientOf(settings, options);
  const own = apiKey !== undefined || token === undefined ? undefined : await makeOwnKey(first, OWN_KEY);
  const api = own && clientOf({ url, token: own.key, apiKey: undefined }, { ...options, refusal: OWN_KEY_REFUSED });

  const tally: Tally = { listed: 0, triaged: 0, skipped: 0, gone: 0, failed: 0 };
  const failures: string[] = [];
  const started = performance.now();
  const progress = showLine(process.stderr, (seconds) => inWords(tally, seconds));
  let interrupted = false;
  // `once`: a second Ctrl-C ends the process immediately. No data is lost, because a repeated run continues.
  process.once('SIGINT', () => {
    interrupted = true;
    progress.log('Finishing the tickets in progress. Press Ctrl-C again to stop immediately …');
  });

  let stopped: Stopped | undefined;
  try {
    stopped = await retriage({
      ...settings,
      api: api ?? first,
      tally,
      fail: ({ number }, reason) => failures.push(`ticket ${number}: ${reason}`),
      interrupted: () => interrupted,
    });
  } finally {
    progress.stop();
    await own?.revoke();
    if (failures.length > 0) console.error(failures.join('\n'));
  }
  console.log(inWords(tally, (performance.now() - started) / 1000));
  if (stopped === undefined) return tally.failed > 0 ? 1 : 0;
  console.log(`${stopped.why}\nTo continue: ${resumeCommand(settings, stopped.at)}`);
  return interrupted ? 130 : 1;
}

function inWords({ listed, triaged, skipped, gone, failed }: Tally, seconds: number): string {
  const rate = seconds === 0 ? 0 : Math.round(triaged / seconds);
  return [
    `${count(listed)} tickets seen`,
    `${count(triaged)} read (${count(rate)}/s)`,
    ...(skipped > 0 ? [`${count(skipped)} had been analysed before`] : []),
    ...(gone > 0 ? [`${count(gone)} deleted meanwhile`] : []),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
  ].join(', ');
}

function resumeCommand({ which, since }: TriageSettings, at: string | undefined): string {
  const options = [`--${which}`, ...(since ? ['--since', since] : []), ...(at ? ['--after', at] : [])];
  return `npm run curlew -- triage ${options.join(' ')}`;
}
