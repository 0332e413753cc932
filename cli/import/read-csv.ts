import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';

/** The cells of a record, or an error. `line` is its first line, `bytes` the file offset of its end. */
export type CsvRecord = { readonly line: number; readonly bytes: number } & (
  | { readonly cells: readonly string[] }
  | { readonly error: string }
);

// The API accepts no larger body, and an unclosed quote must not load the rest of the file into memory.
const RECORD_BYTES = 1024 * 1024;

const ERRORS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quote is never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'There is text after the closing quote of a cell. Write a quote inside a cell twice.',
  INVALID_OPENING_QUOTE: 'There is a quote inside a cell without quotes. Write it twice and quote the cell.',
  CSV_MAX_RECORD_SIZE: `The record is longer than ${RECORD_BYTES / 1024 / 1024} MiB; perhaps a quote is not closed.`,
};

/**
 * Reads records and skips blank ones. After a broken quote the start of the next record is unknown, so the error is the
 * last item. `source` begins at the byte `start` of its file.
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
    // Cells are read as bytes, so that invalid UTF-8 is detected instead of replaced.
    encoding: null,
    info: true,
    max_record_size: RECORD_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
    // If the parser fails, it drops good records before the bad one. If it skips errors, it emits them first.
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
  // The parser's own line count counts a CRLF inside quotes twice.
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
      yield { line: lineAfter(failure.empty_lines), bytes: end, error: `${what} The rest of the file was not read.` };
    }
  } finally {
    file.destroy();
    parser.destroy();
  }
}

/** Properties of a CsvError that its type does not declare. */
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

/** Returns the line of a byte offset. Offsets must be requested in ascending order. */
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
