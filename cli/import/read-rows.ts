import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { type ColumnMap, ColumnProblem, type Columns, columnsOf, ticketFrom } from './columns.ts';
import { FileProblem } from './file-problem.ts';
import { headerStyleOf } from './header-style.ts';
import { COMMON, type Profile } from './profiles.ts';
import { type CsvRecord, readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readNdjson } from './read-ndjson.ts';
import type { ReadRow } from './read-row.ts';

export interface Rows {
  readonly sizeBytes: number;
  readonly rows: AsyncGenerator<ReadRow>;
}

const ENDINGS = ['.csv', '.tsv', '.ndjson', '.jsonl', '.json'];
const HEAD_BYTES = 64 * 1024;

/** How to read the columns of a table. */
export interface TableOptions {
  readonly profile?: Profile | undefined;
  /** Where unknown columns go; absent to leave them out. */
  readonly rest?: 'customFields' | undefined;
}

/** Opens a file by its extension and reads its header, if any. Throws `FileProblem`, `ColumnProblem`. */
export async function openRows(
  file: string,
  maps: ColumnMap,
  { profile = COMMON, rest }: TableOptions = {},
): Promise<Rows> {
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
    if (!isTable) {
      const isArray = ending === '.json' || head.trimStart().startsWith('[');
      const read = isArray ? readJson(source(), size) : readNdjson(source(), start);
      return { sizeBytes: size, rows: readable(file, read) };
    }

    const { delimiter, skippedBytes } = headerStyleOf(head, ending === '.tsv' ? '\t' : undefined);
    const records = readCsv(handle.createReadStream({ start: start + skippedBytes }), {
      start: start + skippedBytes,
      line: skippedBytes > 0 ? 2 : 1,
      delimiter,
    });
    const header = (await records.next()).value;
    if (header === undefined) throw new FileProblem(`${file} is empty; its first line must name the columns.`);
    if ('error' in header) throw new FileProblem(`${file}, line ${header.line}: ${header.error}`);
    const columns = columnsOf(
      header.cells.map((cell) => cell.trim()),
      maps,
      profile,
    );
    const notes = header.isWindows1252 ? [WINDOWS_1252] : [];
    if (columns.unknown.length > 0 && rest === undefined) notes.push(leftOutText(columns.unknown));
    return { sizeBytes: size, rows: readable(file, ticketsIn(records, { columns, rest, notes })) };
  } catch (error) {
    await handle.close();
    throw explained(error, file);
  }
}

const WINDOWS_1252 = 'The file is not in UTF-8. It was read as Windows-1252; check letters with accents.';

function leftOutText(columns: readonly string[]): string {
  const names = [...new Set(columns)].map((name) => `"${name}"`).join(', ');
  return `These columns are left out: ${names}. Keep them with --rest customFields, or set a field with --map.`;
}

async function* ticketsIn(
  records: AsyncGenerator<CsvRecord, void>,
  { columns, rest, notes }: { columns: Columns; rest: TableOptions['rest']; notes: readonly string[] },
): AsyncGenerator<ReadRow> {
  const width = columns.fields.length;
  const said = new Set<string>();
  for await (const record of records) {
    const { line, bytes } = record;
    if ('error' in record) {
      yield record;
    } else if (record.cells.length !== width) {
      yield { line, bytes, error: `Has ${record.cells.length} cells instead of the header's ${width}.` };
    } else {
      // Notes on the whole file are said once, with its first row.
      const all = [...notes, ...(record.isWindows1252 ? [WINDOWS_1252] : [])].filter((note) => !said.has(note));
      for (const note of all) said.add(note);
      const row = ticketFrom(columns, record.cells, rest);
      yield { line, bytes, row, ...(all.length > 0 ? { notes: [...new Set(all)] } : {}) };
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
