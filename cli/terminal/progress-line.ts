import type { WriteStream } from 'node:tty';

const REDRAW_MILLISECONDS = 100;

export interface Progress {
  /** Writes a line above the bar. */
  log(line: string): void;
  /** Removes the bar. */
  stop(): void;
}

/** Shows a line on a terminal and redraws it. `line` gets the seconds since the start. */
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

export function count(number: number): string {
  return number.toLocaleString('en');
}
