import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { CommandProblem } from '../terminal/problems.ts';
import { type ColumnMap, ColumnProblem, columnsOf, ticketFrom } from './columns.ts';
import { type CsvRecord, readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import type { ReadRow } from './read-row.ts';

export interface Rows {
  readonly sizeBytes: number;
  readonly rows: AsyncGenerator<ReadRow>;
}

/** A file cannot be read. The message is one sentence for the terminal. */
export class FileProblem extends CommandProblem {}

const ENDINGS = ['.csv', '.tsv', '.ndjson', '.jsonl'];
const HEAD_BYTES = 64 * 1024;

/** Opens a file by its extension and reads its header, if any. Throws `FileProblem`, `ColumnProblem`. */
export async function openRows(file: string, maps: ColumnMap): Promise<Rows> {
  const ending = extname(file).toLowerCase();
  if (!ENDINGS.includes(ending)) {
    throw new FileProblem(`The format of ${file} is unknown: its name must end in one of ${ENDINGS.join(', ')}.`);
  }
  const isTable = ending === '.csv' || ending === '.tsv';
  if (!isTable && maps.size > 0) throw new ColumnProblem(`--map is for CSV; ${file} has no columns.`);
  const handle = await opened(file);
  try {
    const { size } = await handle.stat();
    const head = await headOf(handle, file);
    const start = head.startsWith('\ufeff') ? 3 : 0;
    const source = () => handle.createReadStream({ start });
    if (!isTable) return { sizeBytes: size, rows: readable(file, readNdjson(source(), start)) };

    const records = readCsv(source(), { start, delimiter: ending === '.tsv' ? '\t' : delimiterOf(head) });
    const header = (await records.next()).value;
    if (header === undefined) throw new FileProblem(`${file} is empty; its first line must name the columns.`);
    if ('error' in header) throw new FileProblem(`${file}, line ${header.line}: ${header.error}`);
    const fields = columnsOf(
      header.cells.map((cell) => cell.trim()),
      maps,
    );
    return { sizeBytes: size, rows: readable(file, ticketsIn(records, fields, header.isWindows1252)) };
  } catch (error) {
    await handle.close();
    throw explained(error, file);
  }
}

const WINDOWS_1252 = 'The file is not in UTF-8. It was read as Windows-1252; check letters with accents.';

async function* ticketsIn(
  records: AsyncGenerator<CsvRecord, void>,
  fields: ReturnType<typeof columnsOf>,
  headerIsWindows1252: boolean,
): AsyncGenerator<ReadRow> {
  let isFirst = true;
  for await (const record of records) {
    const { line, bytes } = record;
    if ('error' in record) {
      yield record;
    } else if (record.cells.length !== fields.length) {
      yield { line, bytes, error: `Has ${record.cells.length} cells instead of the header's ${fields.length}.` };
    } else {
      // One note for the file is enough.
      const isNoted = isFirst && (record.isWindows1252 || headerIsWindows1252);
      if (isNoted) isFirst = false;
      const row = ticketFrom(fields, record.cells);
      yield { line, bytes, row, ...(isNoted ? { notes: [WINDOWS_1252] } : {}) };
    }
  }
}

/** Yields the rows. Read errors become a `FileProblem`. */
async function* readable(file: string, rows: AsyncGenerator<ReadRow>): AsyncGenerator<ReadRow> {
  try {
    yield* rows;
  } catch (error) {
    throw explained(error, file);
  }
}

async function opened(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (error) {
    throw explained(error, file);
  }
}

async function headOf(handle: FileHandle, file: string): Promise<string> {
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });
  const mark = buffer.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff) throw new FileProblem(`${file} is in UTF-16; save it as UTF-8.`);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Spreadsheets use semicolons in countries with a decimal comma. No known column name contains either character. */
function delimiterOf(head: string): ',' | ';' {
  const [header = ''] = head.split('\n', 1);
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

function explained(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return new FileProblem(`There is no file ${file}.`);
    case 'EACCES':
    case 'EPERM':
      return new FileProblem(`There is no permission to read ${file}.`);
    case 'EISDIR':
      return new FileProblem(`${file} is a folder.`);
    default:
      return typeof code === 'string' && error instanceof Error
        ? new FileProblem(`${file} cannot be read: ${error.message}.`)
        : error;
  }
}
