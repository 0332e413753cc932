import { count } from '../terminal/progress-line.ts';
import { KINDS, type Rejected, type Tally } from './tally.ts';

export interface Ended {
  readonly file: string;
  readonly dryRun: boolean;
  readonly seconds: number;
  /** Why the import ended before the file did. */
  readonly stopped: string | undefined;
}

/** What was done, in plain words. */
export function summary(tally: Tally, { file, dryRun, seconds, stopped }: Ended): string {
  const lines = [`${file}: ${count(tally.rows)} rows in ${seconds.toFixed(1)} s${dryRun ? ', nothing was sent' : ''}`];
  for (const kind of KINDS) {
    const { created, existing } = tally[kind];
    if (kind !== 'tickets' && created + existing === 0) continue;
    const counts = dryRun ? `${count(created)} found` : `${count(created)} created, ${count(existing)} already there`;
    lines.push(`${kind.padEnd(10)}${counts}`);
  }
  if (tally.rejected > 0) {
    lines.push(
      `${'rejected'.padEnd(10)}${count(tally.rejected)} rows, wholly or in part, for the reasons above; run it again when they are mended`,
    );
  }
  if (stopped !== undefined) lines.push(stopped);
  return lines.join('\n');
}

/** The same as one JSON object. */
export function summaryJson(tally: Tally, rejected: readonly Rejected[], ended: Ended): string {
  const { tickets, messages, tasks, users, rows } = tally;
  const { file, seconds, dryRun, stopped } = ended;
  return JSON.stringify({
    file,
    rows,
    ...(dryRun ? { dryRun } : {}),
    tickets,
    messages,
    tasks,
    users,
    // Rows end in another order than they begin.
    rejected: rejected.toSorted((a, b) => a.line - b.line),
    seconds: Math.round(seconds * 1000) / 1000,
    ...(stopped === undefined ? {} : { stopped }),
  });
}
