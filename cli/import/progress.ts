import type { WriteStream } from 'node:tty';
import { count, type Progress, showLine } from '../terminal/progress-line.ts';
import type { WaitReport } from '../terminal/wait-report.ts';
import type { Tally } from './tally.ts';

const BAR_CHARACTERS = 20;

/** Shows on a terminal how far the import is; elsewhere only what is logged. */
export function showProgress(
  terminal: WriteStream,
  { tally, waits, sizeBytes }: { tally: Tally; waits: Pick<WaitReport, 'until'>; sizeBytes: number },
): Progress {
  return showLine(terminal, (seconds) => progressLine(tally, { sizeBytes, seconds, waitsUntil: waits.until() }));
}

interface Shown {
  readonly sizeBytes: number;
  readonly seconds: number;
  readonly waitsUntil?: string | undefined;
}

export function progressLine(tally: Tally, { sizeBytes, seconds, waitsUntil }: Shown): string {
  const share = sizeBytes === 0 ? 1 : Math.min(tally.bytes / sizeBytes, 1);
  const full = Math.round(share * BAR_CHARACTERS);
  const rate = seconds === 0 ? 0 : Math.round(tally.rows / seconds);
  return [
    `[${'='.repeat(full)}${' '.repeat(BAR_CHARACTERS - full)}]`,
    `${Math.floor(share * 100)} %`,
    ...(waitsUntil === undefined ? [] : [`waiting until ${waitsUntil}`]),
    `${count(tally.rows)} rows`,
    `${count(rate)}/s`,
    `${count(tally.tickets.created)} created`,
    `${count(tally.tickets.existing)} already there`,
    `${count(tally.rejected)} rejected`,
    ...(tally.different > 0 ? [`${count(tally.different)} different`] : []),
  ].join('  ');
}
