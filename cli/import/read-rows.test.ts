import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { ColumnProblem, parseMaps } from './columns.ts';
import { FileProblem } from './file-problem.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import type { ReadRow } from './read-row.ts';
import { openRows, type TableOptions } from './read-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'curlew-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(
  name: string,
  content: string | Buffer,
  maps: readonly string[] = [],
  options: TableOptions = {},
) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { rows, sizeBytes } = await openRows(file, parseMaps(maps), options);
  const read: ReadRow[] = [];
  for await (const row of rows) read.push(row);
  expect(read.every(({ bytes }) => bytes <= sizeBytes)).toBe(true);
  return read.map(({ bytes: _, ...rest }) => rest);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

// Root can read every file, so the test drops that capability.
const WITHOUT_PRIVILEGE = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'];

describe('CSV', () => {
  test('reads quoted commas, quotes and line breaks, and reports the line of each record', async () => {
    expect(await rowsOf('a.csv', 'Subject,Body\na,"1\n2,""3"""\n\n\nb,\n')).toEqual([
      { line: 2, row: { title: 'a', description: '1\n2,"3"' } },
      { line: 6, row: { title: 'b' } },
    ]);
  });

  test('accepts a byte order mark and CRLF, also inside quotes and mixed with LF', async () => {
    expect(await rowsOf('a.csv', '\ufeffSubject,Body\r\na,"1\r\n2\r\n3"\nb,\r\n\r\n"c",d')).toEqual([
      { line: 2, row: { title: 'a', description: '1\r\n2\r\n3' } },
      { line: 5, row: { title: 'b' } },
      { line: 7, row: { title: 'c', description: 'd' } },
    ]);
  });

  test('reads the same rows for every chunk size', async () => {
    const bytes = Buffer.from(
      '\r\nSubject,Body\r\nä,"1\r\n\r\n""2"""\r\n\r\n,\r\nb,€\n"c\n",\r\n"d"e,\r\nf"g,h"\r\n"open',
    );
    const read = async (size: number) => {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      return all(readCsv(Readable.from(chunks), { start: 0, delimiter: ',' }));
    };
    const whole = await read(bytes.length);
    expect(whole).toMatchObject([
      { line: 2, cells: ['Subject', 'Body'] },
      { line: 3, cells: ['ä', '1\r\n\r\n"2"'] },
      { line: 8, cells: ['b', '€'] },
      { line: 9, cells: ['c\n', ''] },
      { line: 11, error: expect.stringContaining('after the closing quote') },
      { line: 12, cells: ['f"g', 'h"'] },
      { line: 13, error: expect.stringContaining('never closed') },
    ]);
    for (let size = 1; size < bytes.length; size++) expect(await read(size), `chunks of ${size}`).toEqual(whole);
  });

  test('continues after a record with too many or too few cells, or with damaged UTF-8', async () => {
    const bad = Buffer.concat([
      Buffer.from('Subject,Body\na,b,c\nd\nü'),
      Buffer.from([0xe9]),
      Buffer.from(',damaged\ne,f\n'),
    ]);
    expect(await rowsOf('a.csv', bad)).toEqual([
      { line: 2, error: "Has 3 cells instead of the header's 2." },
      { line: 3, error: "Has 1 cells instead of the header's 2." },
      { line: 4, error: 'Is not valid UTF-8.' },
      { line: 5, row: { title: 'e', description: 'f' } },
    ]);
  });

  test('reads Windows-1252 and says so once', async () => {
    const bytes = Buffer.from('Subject,Body\nplain,\nCaf\xe9,\x80 5\nGr\xf6\xdfe,x\n', 'latin1');
    expect(await rowsOf('a.csv', bytes)).toEqual([
      { line: 2, row: { title: 'plain' } },
      { line: 3, row: { title: 'Café', description: '€ 5' }, notes: [expect.stringContaining('Windows-1252')] },
      { line: 4, row: { title: 'Größe', description: 'x' } },
    ]);
  });

  test.each([
    ['24" monitor broken', 'x'],
    ["5'10\" and 6'", 'the 27" one'],
    ['say "hello" twice', ''],
    ['a"', '1""2'],
  ])('a quote inside a cell without quotes is a character: %s', async (title, description) => {
    const rows = await rowsOf('a.csv', `Subject,Body\r\n${title},${description}\r\nnext,row\r\n`);
    expect(rows).toEqual([
      { line: 2, row: description === '' ? { title } : { title, description } },
      { line: 3, row: { title: 'next', description: 'row' } },
    ]);
  });

  test.each([
    ['text after a closing quote', '"c"d,e\n', 'after the closing quote'],
    ['text after an escaped quote', '"c"" "d,e\r\n', 'after the closing quote'],
    ['a space after a closing quote', '"c" ,e\n', 'after the closing quote'],
    ['a lone carriage return after a closing quote', '"c"\rd,e\n', 'after the closing quote'],
    ['a broken record over two lines', '"c\nd"e,f\n', 'has 2 lines'],
    ['a record above the size limit', `"${'x'.repeat(1_100_000)}",e\n`, 'longer than 1 MiB'],
    ['a record with many cells above the size limit', `${'x,'.repeat(1_100_000)}\n`, 'longer than 1 MiB'],
  ])('rejects %s and continues', async (_, broken, reason) => {
    const rows = await rowsOf('a.csv', `Subject,Body\na,b\n${broken}f,g\n`);
    expect(rows).toEqual([
      { line: 2, row: { title: 'a', description: 'b' } },
      { line: 3, error: expect.stringContaining(reason) },
      { line: 3 + broken.split('\n').length - 1, row: { title: 'f', description: 'g' } },
    ]);
  });

  test('stops at a quote that is never closed and returns every record before it', async () => {
    const good = Array.from({ length: 50 }, (_, i) => `${i},x\n`).join('');
    for (const tail of ['', 'x'.repeat(1_100_000)]) {
      const rows = await rowsOf('a.csv', `Subject,Body\n${good}\n"c\nd,e\n${tail}`);
      expect(rows).toHaveLength(51);
      expect(rows[49]).toEqual({ line: 51, row: { title: '49', description: 'x' } });
      expect(rows[50]).toEqual({
        line: 53,
        error: expect.stringMatching(/never closed.*The rest of the file was not/),
      });
    }
  });

  test('accepts semicolons if the header has no comma, and tabs in a .tsv', async () => {
    const expected = [{ line: 2, row: { title: 'a,b', tags: ['c'] } }];
    expect(await rowsOf('a.csv', 'Subject;Tags\na,b;c\n')).toEqual(expected);
    expect(await rowsOf('a.tsv', 'Subject\tTags\na,b\tc\n')).toEqual(expected);
  });

  test('skips records with empty cells only', async () => {
    expect(await rowsOf('a.csv', 'Subject,Body\n,\n"",""\n \na,b\n')).toEqual([
      { line: 5, row: { title: 'a', description: 'b' } },
    ]);
  });

  test('leaves out unknown columns with one note, or keeps them', async () => {
    const table = 'Subject,Plan,Plan\na,gold,1\nb,,\n';
    const note = expect.stringMatching(/^These columns are left out: "Plan"\. .*--rest customFields/);
    expect(await rowsOf('a.csv', table)).toEqual([
      { line: 2, row: { title: 'a' }, notes: [note] },
      { line: 3, row: { title: 'b' } },
    ]);
    expect(await rowsOf('a.csv', table, ['Plan='])).toEqual([
      { line: 2, row: { title: 'a' } },
      { line: 3, row: { title: 'b' } },
    ]);
    expect(await rowsOf('a.csv', table, [], { rest: 'customFields' })).toEqual([
      { line: 2, row: { title: 'a', customFields: { Plan: 'gold, 1' } } },
      { line: 3, row: { title: 'b' } },
    ]);
  });

  test('refuses a table without a title and a description before any row', async () => {
    await expect(rowsOf('a.csv', 'Plan,Status\na,b\n')).rejects.toThrow(ColumnProblem);
  });

  test.each([
    ['sep=;', 'sep=;\r\nSubject;Tags\r\na,b;c\r\n', 3],
    ['a quoted sep', '\ufeff"sep=|"\nSubject|Tags\na,b|c\n', 3],
    ['tabs', 'Subject\tTags\na,b\tc\n', 2],
    ['bars', 'Subject|Tags\na,b|c\n', 2],
    ['semicolons and a quoted comma', '"Subject";"Tags";"x,y,z,a"\na,b;c;\n', 2],
  ])('finds the delimiter: %s', async (_, table, line) => {
    const [row] = await rowsOf('a.csv', table);
    expect(row).toMatchObject({ line, row: { title: 'a,b', tags: ['c'] } });
  });

  test('does not load the whole file into memory', async () => {
    let made = 0;
    const endless = Readable.from(
      (function* () {
        yield Buffer.from('Subject\n');
        for (;;) {
          made++;
          yield Buffer.from(`row ${made}\n`.repeat(1000));
        }
      })(),
      { objectMode: false },
    );
    let seen = 0;
    for await (const _ of readCsv(endless, { start: 0, delimiter: ',' })) if (++seen === 50_000) break;
    expect(made).toBeLessThan(200);
    expect(endless.destroyed).toBe(true);
  });
});

describe('JSON', () => {
  test.each([
    ['a.json', '\ufeff[{"title":"a"},\n{"title":"b"}]'],
    ['a.json', '{"tickets":[{"title":"a"},{"title":"b"}]}'],
    ['a.ndjson', ' [{"title":"a"},{"title":"b"}]'],
  ])('reads an array in %s: %s', async (name, content) => {
    expect(await rowsOf(name, content)).toEqual([
      { line: 1, row: { title: 'a' } },
      { line: 2, row: { title: 'b' } },
    ]);
  });

  test('reports a file that is not JSON', async () => {
    await expect(rowsOf('a.json', '[{"title":')).rejects.toThrow(FileProblem);
  });
});

describe('NDJSON', () => {
  test('continues after broken lines and skips blank ones', async () => {
    const lines = ['\ufeff{"title":"a"}\r', '', '  ', '{"title":', '[1]', 'null', '{"title":"b"}'];
    const bytes = Buffer.concat([Buffer.from(lines.join('\n')), Buffer.from('\n"\xe9"\n{"title":"c"}', 'latin1')]);
    expect(await rowsOf('a.ndjson', bytes)).toEqual([
      { line: 1, row: { title: 'a' } },
      { line: 4, error: expect.stringMatching(/^Is not valid JSON: .+\.$/) },
      { line: 5, row: [1] },
      { line: 6, row: null },
      { line: 7, row: { title: 'b' } },
      { line: 8, error: 'Is not valid UTF-8.' },
      { line: 9, row: { title: 'c' } },
    ]);
  });

  test('keeps line separators inside JSON strings', async () => {
    expect(await rowsOf('a.jsonl', '{"title":"a\u2028b\u2029c\u0085d"}\n')).toEqual([
      { line: 1, row: { title: 'a\u2028b\u2029c\u0085d' } },
    ]);
  });

  test('reads the same rows for every chunk size', async () => {
    const bytes = Buffer.from('{"a":"ä€"}\r\n\n{"b":\n"c"');
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await all(readNdjson(Readable.from(chunks), 0)), `chunks of ${size}`).toMatchObject([
        { line: 1, row: { a: 'ä€' } },
        { line: 3, error: expect.stringContaining('JSON') },
        { line: 4, row: 'c', bytes: bytes.length },
      ]);
    }
  });

  test('rejects a line above the size limit and continues', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const chunks = [...Array.from({ length: 20 }, () => piece), Buffer.from('\n{"title":"a"}\n')];
    expect(await all(readNdjson(Readable.from(chunks), 0))).toMatchObject([
      { line: 1, error: 'Is longer than 16 MiB.' },
      { line: 2, row: { title: 'a' } },
    ]);
  });

  test('has no rows if the file is empty', async () => {
    expect(await rowsOf('a.ndjson', '')).toEqual([]);
    expect(await rowsOf('a.ndjson', '\ufeff')).toEqual([]);
  });

  test('has no columns to map', async () => {
    await expect(rowsOf('a.ndjson', '{}', ['A=title'])).rejects.toThrow(ColumnProblem);
  });
});

describe('a file that cannot be read', () => {
  const refused = (file: string) => expect(openRows(join(folder, file), parseMaps([]))).rejects;

  test('is missing', () => refused('no.csv').toThrow(new FileProblem(`There is no file ${join(folder, 'no.csv')}.`)));

  test('is a folder', async () => {
    mkdirSync(join(folder, 'folder.ndjson'));
    await refused('folder.ndjson').toThrow(/is a folder/);
  });

  test('has another format', async () => {
    writeFileSync(join(folder, 'a.xlsx'), '');
    await refused('a.xlsx').toThrow(/must end in one of \.csv, \.tsv, \.ndjson, \.jsonl, \.json/);
  });

  test('is a table without a header', async () => {
    writeFileSync(join(folder, 'empty.csv'), '\n\n');
    await refused('empty.csv').toThrow(/is empty/);
  });

  test('is in UTF-16', async () => {
    writeFileSync(join(folder, 'wide.csv'), Buffer.from('\ufeffSubject\n', 'utf16le'));
    await refused('wide.csv').toThrow(/UTF-16; save it as UTF-8/);
  });

  test('has no read permission', () => {
    writeFileSync(join(folder, 'secret.csv'), 'Subject\n');
    chmodSync(join(folder, 'secret.csv'), 0);
    const asRoot = process.getuid?.() === 0 ? WITHOUT_PRIVILEGE : [];
    const [command = '', ...rest] = [...asRoot, process.execPath, join(import.meta.dirname, '../main.ts'), 'import'];
    const { status, stderr } = spawnSync(command, [...rest, join(folder, 'secret.csv')], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/no permission/)]);
  });
});

test.each([
  ['ndjson', (rows: readonly string[]) => rows.join('\n')],
  ['json', (rows: readonly string[]) => `[${rows.join(',')}]`],
  ['json', (rows: readonly string[]) => `{"tickets": [${rows.join(',')}]}`],
])('a .%s row with an integer that cannot be kept exactly is rejected, and never changed', async (kind, write) => {
  const rows = ['{"title":"A"}', '{"title":"B","customFields":{"order":9007199254740993}}', '{"title":"C"}'];
  const read = await rowsOf(`long.${kind}`, write(rows));
  expect(read).toMatchObject([
    { line: 1, row: { title: 'A' } },
    { line: 2, error: expect.stringMatching(/\/customFields\/order: Is an integer that cannot be kept exactly/) },
    { line: 3, row: { title: 'C' } },
  ]);
});
