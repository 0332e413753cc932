import { Aborted, NoAnswer } from '@curlew/client';
import { CurlewError, type Issue } from '@curlew/core/kernel';
import { fitRow, type ValueMap } from './fit-row.ts';
import { idsInRun } from './ids-in-run.ts';
import type { ReadRow } from './read-row.ts';
import { externalIdOf, parseRow, type Row } from './row.ts';
import type { Refusal } from './send-row.ts';
import type { Noted, Rejected, Tally } from './tally.ts';

/** Consecutive rows without an answer after which the server counts as down. Fewer may be the fault of a row. */
const UNANSWERED_ROWS = 20;

export interface Import {
  readonly rows: AsyncIterable<ReadRow>;
  readonly concurrency: number;
  readonly values: ValueMap;
  /** The help desk that wrote the file. */
  readonly from?: string | undefined;
  readonly tally: Tally;
  send(row: Row): Promise<readonly Refusal[]>;
  /** Reports a row that is not in Curlew, or only in part. */
  reject(rejected: Rejected): void;
  /** Reports a row that is in Curlew with other content. */
  differ(rejected: Rejected): void;
  /** Reports what the import changed in a row. */
  note(noted: Noted): void;
  interrupted(): boolean;
}

/** Sends all rows and continues after refused ones. Before it returns or throws, the rows in progress are finished. */
export async function importRows(job: Import): Promise<'complete' | 'interrupted' | 'unanswered'> {
  const { tally } = job;
  const underWay = new Set<Promise<void>>();
  const ids = idsInRun();
  let unanswered = 0;
  let defect: Error | undefined;
  const ended = () => (job.interrupted() ? 'interrupted' : unanswered >= UNANSWERED_ROWS ? 'unanswered' : undefined);

  async function send(row: Row, place: Pick<Rejected, 'line' | 'externalId'>): Promise<void> {
    try {
      const refusals = await job.send(row);
      unanswered = 0;
      if (refusals.length > 0) reject(place, refusals);
    } catch (error) {
      if (error instanceof Aborted) return;
      if (!(error instanceof NoAnswer)) {
        defect = error instanceof Error ? error : new Error(String(error));
        return;
      }
      unanswered++;
      reject(place, [{ reason: `The server did not answer: ${error.message}.`, errors: [] }]);
    }
  }

  function reject(place: Pick<Rejected, 'line' | 'externalId'>, refusals: readonly Refusal[]): void {
    const isDifferent = refusals.every((refusal) => refusal.isDifferent);
    tally[isDifferent ? 'different' : 'rejected']++;
    const reason = refusals.map((refusal) => refusal.reason).join(' ');
    job[isDifferent ? 'differ' : 'reject']({ ...place, reason, errors: refusals.flatMap((refusal) => refusal.errors) });
  }

  try {
    for await (const read of job.rows) {
      if (ended() !== undefined || defect !== undefined) break;
      const { line, bytes } = read;
      tally.rows++;
      tally.bytes = bytes;
      const place = { line, externalId: 'row' in read ? externalIdOf(read.row) : null };
      const fitted = 'row' in read ? fitRow(read.row, job.values, job.from) : undefined;
      const row =
        'row' in read
          ? parsed(fitted?.value, read.row, (row) => ids.add(row, read.row, line))
          : { reason: read.error, errors: [] };
      if ('reason' in row) {
        reject(place, [row]);
        continue;
      }
      const notes = [...(('row' in read && read.notes) || []), ...(fitted?.notes ?? [])];
      if (notes.length > 0) job.note({ ...place, notes });
      const sent = send(row, place).finally(() => underWay.delete(sent));
      underWay.add(sent);
      // Later rows may refer to this user by email address alone, so the user must exist first.
      if (row.kind === 'user') await sent;
      while (underWay.size >= job.concurrency) await Promise.race(underWay);
    }
  } finally {
    await Promise.all(underWay);
  }
  if (defect !== undefined) throw defect;
  return ended() ?? 'complete';
}

function parsed(value: unknown, original: unknown, idProblems: (row: Row) => readonly Issue[]): Row | Refusal {
  try {
    const row = parseRow(value, original);
    const issues = idProblems(row);
    return issues.length === 0 ? row : { reason: reasonOf(issues), errors: issues };
  } catch (error) {
    if (!(error instanceof CurlewError)) throw error;
    return { reason: error.message, errors: error.issues };
  }
}

function reasonOf(issues: readonly Issue[]): string {
  return issues.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ');
}
