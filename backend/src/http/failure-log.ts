import { CurlewError } from '@curlew/core/kernel';
import type { LogEntry } from './log-entry.ts';

/** The shortest time between two lines about the same expected failure. */
const QUIET_MILLISECONDS = 60_000;
const MOST_TEXTS = 100;

type Fields = Pick<LogEntry, 'requestId'> & Readonly<Record<string, unknown>>;

/**
 * Logs why requests failed with a status of 500 or more. A failure that Curlew expects, such as an issuer or a disk out
 * of reach, is logged without a stack and at most once a minute, because any caller may cause it. The next line counts
 * the failures that were not logged. `now` is ISO 8601.
 */
export function failureLog(log: (entry: LogEntry) => void, now: () => string) {
  const expected = new Map<string, { readonly loggedAt: number; unlogged: number }>();

  return (error: unknown, fields: Fields): void => {
    const entry = { level: 'error', message: 'request failed', ...fields } as const;
    if (!(error instanceof CurlewError)) {
      log({ ...entry, error: textOf(error) });
      return;
    }
    const text = `${error.code}: ${error.cause === undefined ? error.message : String(error.cause)}`;
    const before = expected.get(text);
    const time = Date.parse(now());
    // If the clock was set back, the age is negative until the old time is reached.
    const age = before === undefined ? Number.POSITIVE_INFINITY : time - before.loggedAt;
    if (before !== undefined && age >= 0 && age < QUIET_MILLISECONDS) {
      before.unlogged++;
      return;
    }
    if (expected.size >= MOST_TEXTS) expected.clear();
    expected.set(text, { loggedAt: time, unlogged: 0 });
    const unlogged = before?.unlogged ?? 0;
    log({ ...entry, error: text, ...(unlogged === 0 ? {} : { unlogged }) });
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
