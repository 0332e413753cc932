import type { WriteStream } from 'node:tty';
import type { Tally } from './tally.ts';

const REDRAW_MILLISECONDS = 100;
const BAR_CHARACTERS = 20;

export interface Progress {
  /** Writes a line above the bar. */
  log(line: string): void;
  /** Takes the bar away. */
  stop(): void;
}

/** Shows on a terminal how far the import is; elsewhere only what is logged. */
export function showProgress(terminal: WriteStream, tally: Tally, sizeBytes: number): Progress {
  return showLine(terminal, (seconds) => progressLine(tally, { sizeBytes, seconds }));
}

/** Shows on a terminal a line that is drawn again and again, given the seconds since it was first. */
export function showLine(terminal: WriteStream, line: (seconds: number) => string): Progress {
  if (!terminal.isTTY) return { log: (line) => terminal.write(`${line}\n`), stop() {} };
  const started = performance.now();
  const clear = '\r\u001b[K';
  function draw(): void {
    const seconds = (performance.now() - started) / 1000;
    terminal.write(`${clear}${line(seconds).slice(0, terminal.columns - 1)}`);
  }
  const timer = setInterval(draw, REDRAW_MILLISECONDS).unref();
  return {
    log: (line) => terminal.write(`${clear}${line}\n`),
    stop() {
      clearInterval(timer);
      terminal.write(clear);
    },
  };
}

export function progressLine(tally: Tally, { sizeBytes, seconds }: { sizeBytes: number; seconds: number }): string {
  const share = sizeBytes === 0 ? 1 : Math.min(tally.bytes / sizeBytes, 1);
  const full = Math.round(share * BAR_CHARACTERS);
  const rate = seconds === 0 ? 0 : Math.round(tally.rows / seconds);
  return [
    `[${'='.repeat(full)}${' '.repeat(BAR_CHARACTERS - full)}]`,
    `${Math.floor(share * 100)} %`,
    `${count(tally.rows)} rows`,
    `${count(rate)}/s`,
    `${count(tally.tickets.created)} created`,
    `${count(tally.tickets.existing)} already there`,
    `${count(tally.rejected)} rejected`,
  ].join('  ');
}

export function count(number: number): string {
  return number.toLocaleString('en');
}
