import { count } from '../terminal/progress-line.ts';
import { KINDS, type Noted, type Rejected, type Tally } from './tally.ts';

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
  if (tally.different > 0) {
    lines.push(
      `${'different'.padEnd(10)}${count(tally.different)} rows are in Curlew with other content, named above; Curlew keeps its content`,
    );
  }
  if (stopped !== undefined) lines.push(stopped);
  return lines.join('\n');
}

/** The rows that the report lists. */
export interface ListedRows {
  readonly rejected: readonly Rejected[];
  readonly different: readonly Rejected[];
  readonly noted: readonly Noted[];
}

/** The results as one JSON object. */
export function summaryJson(tally: Tally, { rejected, different, noted }: ListedRows, ended: ImportEnd): string {
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
    rejected: byLine(rejected),
    different: byLine(different),
    noted,
    seconds: Math.round(seconds * 1000) / 1000,
    ...(stopped === undefined ? {} : { stopped }),
  });
}

/** Rows run in parallel and finish out of order. */
function byLine(rows: readonly Rejected[]): readonly Rejected[] {
  return rows.toSorted((a, b) => a.line - b.line);
}
