import { type Api, NoAnswer, problemOf, Unauthenticated } from '@curlew/client';
import { clientOf } from '../connection/connection.ts';
import { makeOwnKey, OWN_KEY_REFUSED } from '../connection/own-key.ts';
import { CommandProblem } from '../terminal/problems.ts';
import type { Progress } from '../terminal/progress-line.ts';
import { waitReport } from '../terminal/wait-report.ts';
import { checkRow } from './check-row.ts';
import type { ImportSettings } from './command.ts';
import { importRows } from './import-rows.ts';
import { onInterrupt } from './on-interrupt.ts';
import { PROFILES } from './profiles.ts';
import { showProgress } from './progress.ts';
import { openRows } from './read-rows.ts';
import type { Row } from './row.ts';
import { sendRow } from './send-row.ts';
import { summary, summaryJson } from './summary.ts';
import { type Noted, newTally, type Rejected, type Tally } from './tally.ts';

const PROBE_TRIES = 3;
const RESUME_HINT = 'Run the same command again to continue: it keeps existing items and adds the missing ones.';

/** Imports a file and prints a summary. Resolves with the exit code. */
export async function runImport(settings: ImportSettings): Promise<number> {
  const { file, url, token, apiKey, json, dryRun, concurrency, maps, from, rest, values } = settings;
  const profile = from === undefined ? undefined : PROFILES[from];
  const { sizeBytes, rows } = await openRows(file, maps, { profile, rest });
  const first = clientOf(settings);
  if (!dryRun) await probe(first, url);
  const own = dryRun || apiKey !== undefined || token === undefined ? undefined : await makeOwnKey(first);

  const started = performance.now();
  const tally = newTally();
  const listed = { rejected: [] as Rejected[], different: [] as Rejected[], noted: [] as Noted[] };
  const list = (kind: 'rejected' | 'different') => (one: Rejected) => {
    if (json) listed[kind].push(one);
    else progress.log(describeRow(one));
  };
  const waits = waitReport((line) => progress.log(line));
  const progress: Progress = json ? { log() {}, stop() {} } : showProgress(process.stderr, { tally, waits, sizeBytes });
  const interruption = onInterrupt(waits, (line) => progress.log(line));
  const options = { onWait: interruption.onWait, signal: interruption.signal };
  const api =
    own === undefined
      ? clientOf(settings, options)
      : clientOf({ url, token: own.key, apiKey: undefined }, { ...options, refusal: OWN_KEY_REFUSED });

  let stopped: string | undefined;
  let exitCode = 0;
  try {
    const end = await importRows({
      rows,
      concurrency,
      values,
      from,
      tally,
      send: dryRun ? async (row) => check(row, tally) : (row) => sendRow(api, row, tally),
      reject: list('rejected'),
      differ: list('different'),
      note(one) {
        if (json) listed.noted.push(one);
        else progress.log(describeRow({ ...one, reason: one.notes.join(' ') }));
      },
      interrupted: interruption.isRequested,
    });
    if (end === 'interrupted') {
      stopped = `Stopped by Ctrl-C. ${RESUME_HINT}`;
      exitCode = 130;
    } else if (end === 'unanswered') {
      stopped = `Stopped: the server at ${url} no longer answers. ${RESUME_HINT}`;
    }
  } catch (error) {
    if (!(error instanceof CommandProblem || error instanceof Unauthenticated)) throw error;
    stopped = `Stopped: ${error.message}${error instanceof Unauthenticated ? ` ${RESUME_HINT}` : ''}`;
  } finally {
    progress.stop();
    await own?.revoke();
  }
  const ended = { file, dryRun, seconds: (performance.now() - started) / 1000, stopped };
  console.log(json ? summaryJson(tally, listed, ended) : summary(tally, ended));
  return exitCode || (tally.rejected + tally.different > 0 || stopped !== undefined ? 1 : 0);
}

/** Throws `CommandProblem` unless a Curlew server answers at the address. */
async function probe(api: Api, url: string): Promise<void> {
  try {
    const { status, body } = await api('GET', 'v1/tickets?limit=1', { tries: PROBE_TRIES });
    if (status === 200 && Array.isArray(body)) return;
    throw new CommandProblem(
      `${url} does not take tickets: ${problemOf(body)?.detail ?? `it is not a Curlew server (${status})`}`,
    );
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new CommandProblem(
      `Curlew does not answer: ${error.message}. Is it running at ${url}? Start it with "npm start", or set its address with --url.`,
    );
  }
}

/** Counts and validates a row of a dry run. */
function check(row: Row, tally: Tally) {
  tally[row.kind === 'user' ? 'users' : row.kind === 'task' ? 'tasks' : 'tickets'].created++;
  if (row.kind === 'ticket') {
    tally.messages.created += row.messages.length;
    tally.tasks.created += row.tasks.length;
  }
  return checkRow(row);
}

function describeRow({ line, externalId, reason }: Omit<Rejected, 'errors'>): string {
  return `line ${line}${externalId === null ? '' : ` (${externalId})`}: ${reason}`;
}
