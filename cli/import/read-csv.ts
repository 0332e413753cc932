import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';

/** The cells of a record, or why there are none; `line` is where it starts, `bytes` where in the file it ends. */
export type CsvRecord = { readonly line: number; readonly bytes: number } & (
  | { readonly cells: readonly string[] }
  | { readonly error: string }
);

// The API takes no larger body, and an open quote must not pull the rest of the file into memory.
const RECORD_BYTES = 1024 * 1024;

const ERRORS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quote is opened and never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'A cell goes on behind its closing quote; a quote inside a cell is written twice.',
  INVALID_OPENING_QUOTE: 'A quote stands inside a cell that has none around it; write it twice and quote the cell.',
  CSV_MAX_RECORD_SIZE: `The record is longer than ${RECORD_BYTES / 1024 / 1024} MiB; perhaps a quote is not closed.`,
};

/**
 * Reads records; blank ones say nothing. After a broken quote nobody can tell where the next record starts: then the
 * error is the last thing that comes. `source` begins at the byte `start` of its file.
 */
export async function* readCsv(
  source: () => Readable,
  { start, delimiter }: { start: number; delimiter: string },
): AsyncGenerator<CsvRecord, void> {
  const file = source();
  const lines = lineCounter(start);
  let failure: Failure | undefined;
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    // Cells come as bytes, so that wrong ones are found instead of replaced.
    encoding: null,
    info: true,
    max_record_size: RECORD_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
    // A parser that fails drops the good records before the bad one; one that skips hands them out first.
    skip_records_with_error: true,
    on_skip(error) {
      failure ??= error as Failure | undefined;
      file.unpipe(parser);
      parser.end();
      return undefined;
    },
  });
  file.on('data', (chunk: Buffer) => lines.add(chunk));
  file.on('error', (error) => parser.destroy(error));
  file.pipe(parser);

  let end = start;
  let blankLines = 0;
  // The parser's own count of lines takes a CRLF inside quotes for two.
  const lineAfter = (empty: number) => lines.at(end) + empty - blankLines;
  try {
    for await (const { info, record } of parser as AsyncIterable<ParsedRecord>) {
      if (failure !== undefined && info.records > failure.records) break;
      const line = lineAfter(info.empty_lines);
      end = start + info.bytes;
      blankLines = info.empty_lines;
      const cells = record.map(decoded);
      if (cells.every((cell) => cell?.trim() === '')) continue;
      yield cells.every((cell) => cell !== undefined)
        ? { line, bytes: end, cells }
        : { line, bytes: end, error: 'Is not valid UTF-8.' };
    }
    if (failure !== undefined) {
      const what = ERRORS[failure.code] ?? failure.message;
      yield { line: lineAfter(failure.empty_lines), bytes: end, error: `${what} Nothing behind it was read.` };
    }
  } finally {
    file.destroy();
    parser.destroy();
  }
}

/** What a CsvError says besides, which its type leaves unknown. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly records: number;
  readonly empty_lines: number;
}

interface ParsedRecord {
  readonly info: { readonly bytes: number; readonly empty_lines: number; readonly records: number };
  readonly record: readonly Uint8Array[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(cell: Uint8Array): string | undefined {
  try {
    return utf8.decode(cell);
  } catch {
    return undefined;
  }
}

/** Tells the line of a byte, for bytes asked for in rising order. */
function lineCounter(start: number) {
  const newlines: number[] = [];
  let read = start;
  let line = 1;
  return {
    add(chunk: Buffer): void {
      for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) newlines.push(read + at);
      read += chunk.length;
    },
    at(byte: number): number {
      let passed = 0;
      while (passed < newlines.length && (newlines[passed] ?? 0) < byte) passed++;
      newlines.splice(0, passed);
      line += passed;
      return line;
    },
  };
}
