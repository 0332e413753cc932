import { count } from '../terminal/progress-line.ts';
import { KINDS, type Rejected, type Tally } from './tally.ts';

export interface ImportEnd {
  readonly file: string;
  readonly dryRun: boolean;
  readonly seconds: number;
  /** The reason why the import ended before the end of the file. */
  readonly stopped: string | undefined;
}

/** The results as text for the terminal. */
export function summary(tally: Tally, { file, dryRun, seconds, stopped }: ImportEnd): string {
  const lines = [`${file}: ${count(tally.rows)} rows in ${seconds.toFixed(1)} s${dryRun ? ', nothing was sent' : ''}`];
  for (const kind of KINDS) {
    const { created, existing } = tally[kind];
    if (kind !== 'tickets' && created + existing === 0) continue;
    const counts = dryRun ? `${count(created)} found` : `${count(created)} created, ${count(existing)} already there`;
    lines.push(`${kind.padEnd(10)}${counts}`);
  }
  if (tally.rejected > 0) {
    lines.push(
      `${'rejected'.padEnd(10)}${count(tally.rejected)} rows, completely or in part, for the reasons above; correct them and run the command again`,
    );
  }
  if (stopped !== undefined) lines.push(stopped);
  return lines.join('\n');
}

/** The results as one JSON object. */
export function summaryJson(tally: Tally, rejected: readonly Rejected[], ended: ImportEnd): string {
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
    // Rows run in parallel and finish out of order.
    rejected: rejected.toSorted((a, b) => a.line - b.line),
    seconds: Math.round(seconds * 1000) / 1000,
    ...(stopped === undefined ? {} : { stopped }),
  });
}
