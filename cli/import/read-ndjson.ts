import { parseRow } from './read-json.ts';
import type { ReadRow } from './read-row.ts';

const LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Reads one JSON value per line and skips blank lines. `start` is the file offset of the first chunk.
 * It does not use node:readline, which also breaks lines at U+2028 and U+2029: JSON strings may contain both unescaped.
 */
export async function* readNdjson(chunks: AsyncIterable<Buffer>, start: number): AsyncGenerator<ReadRow> {
  let line = 0;
  let bytes = start;
  let pieces: Buffer[] = [];
  let length = 0;

  function add(piece: Buffer): void {
    length += piece.length;
    if (length <= LINE_BYTES) pieces.push(piece);
    else pieces = [];
  }

  function* end(): Generator<ReadRow> {
    line++;
    const place = { line, bytes };
    if (length > LINE_BYTES) yield { ...place, error: `Is longer than ${LINE_BYTES / 1024 / 1024} MiB.` };
    else yield* rowIn(Buffer.concat(pieces), place);
    pieces = [];
    length = 0;
  }

  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, at));
      bytes += at + 1 - from;
      from = at + 1;
      yield* end();
    }
    add(chunk.subarray(from));
    bytes += chunk.length - from;
  }
  if (length > 0) yield* end();
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function* rowIn(text: Buffer, place: { line: number; bytes: number }): Generator<ReadRow> {
  let json: string;
  try {
    json = utf8.decode(text);
  } catch {
    yield { ...place, error: 'Is not valid UTF-8.' };
    return;
  }
  if (json.trim() === '') return;
  yield { ...place, ...parseRow(json) };
}
