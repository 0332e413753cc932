import { csvScanner } from './csv-scanner.ts';

/** The cells of a record, or an error. `line` is its first line, `bytes` the file offset of its end. */
export type CsvRecord = { readonly line: number; readonly bytes: number } & (
  | { readonly cells: readonly string[]; readonly isWindows1252: boolean }
  | { readonly error: string }
);

// The API accepts no larger body, and an unclosed quote must not load the rest of the file into memory.
const RECORD_BYTES = 1024 * 1024;
const TOO_LONG = `The record is longer than ${RECORD_BYTES / 1024 / 1024} MiB or has too many cells.`;
const LINE_FEED = 0x0a;

/**
 * Reads records and skips blank ones. A quote opens a quoted cell only at the start of the cell; elsewhere it is a
 * character. A broken record is an error, and reading continues behind it. Only a quote that is never closed ends the
 * file. The first chunk begins at the byte `start` of the
 * file, in its line `line`.
 */
export async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  { start, delimiter, line: firstLine = 1 }: { start: number; delimiter: string; line?: number },
): AsyncGenerator<CsvRecord, void> {
  const scanner = csvScanner(delimiter, RECORD_BYTES);
  let bytes = start;
  let line = firstLine;
  let recordLine = firstLine;

  function* endRecord(): Generator<CsvRecord> {
    const place = { line: recordLine, bytes };
    if (scanner.isTooLong) yield { ...place, error: TOO_LONG };
    else if (scanner.isBroken) yield { ...place, error: brokenText(line - recordLine) };
    else yield* recordIn(scanner.cells(), place);
    scanner.clear();
  }

  for await (const chunk of chunks) {
    const before = bytes;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      const isEnd = scanner.add(byte);
      if (isEnd) {
        bytes = before + i + 1;
        yield* endRecord();
      }
      if (byte === LINE_FEED) line++;
      if (isEnd) recordLine = line;
    }
    bytes = before + chunk.length;
  }
  if (scanner.end()) yield* endRecord();
  else {
    const error = `A quote is never closed in the record that begins here. The rest of the file was not read.`;
    yield { line: recordLine, bytes, error };
  }
}

function brokenText(lineBreaks: number): string {
  const length = lineBreaks > 0 ? ` The record has ${lineBreaks + 1} lines.` : '';
  return `There is text after the closing quote of a cell. Write a quote inside a cell twice.${length}`;
}

function* recordIn(cells: readonly Uint8Array[], place: { line: number; bytes: number }): Generator<CsvRecord> {
  let decoded = cells.map((cell) => utf8(cell));
  const isWindows1252 = decoded.includes(undefined);
  if (isWindows1252) decoded = cells.map((cell) => windows1252(cell));
  if (decoded.every((cell) => cell?.trim() === '')) return;
  yield decoded.every((cell) => cell !== undefined)
    ? { ...place, cells: decoded, isWindows1252 }
    : { ...place, error: 'Is not valid UTF-8.' };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const WINDOWS_1252 = new TextDecoder('windows-1252');

function utf8(cell: Uint8Array): string | undefined {
  try {
    return UTF8.decode(cell);
  } catch {
    return undefined;
  }
}

// A sequence of two bytes that is valid UTF-8: a damaged UTF-8 text has others, a Windows-1252 text hardly has any.
const MULTI_BYTE = /[\u00c3-\u00f4][\u0080-\u00bf]/;

function windows1252(cell: Uint8Array): string | undefined {
  return MULTI_BYTE.test(Buffer.from(cell).toString('latin1')) ? undefined : WINDOWS_1252.decode(cell);
}
