import { parseArgs } from 'node:util';
import { type ColumnMap, ColumnProblem, KNOWN_COLUMNS, parseMaps } from './columns.ts';

export interface Arguments {
  readonly file: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly apiKey: string | undefined;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly concurrency: number;
  readonly maps: ColumnMap;
}

/** What is wrong with the arguments, in one sentence. */
export class UsageProblem extends Error {}

const MOST_AT_ONCE = 32;

export const HELP = `Sends a file of tickets to Curlew through its API.

  npm run import -- FILE [options]

  --url URL              where Curlew listens (default: CURLEW_URL, or 127.0.0.1 at PORT or 3000)
  --map "Column=field"   which field a CSV column is; an empty field leaves the column out; repeatable
  --concurrency N        rows sent at once, 1 to ${MOST_AT_ONCE} (default 8); with 1, numbers follow the file's order
  --dry-run              reads and checks the file, and sends nothing
  --json                 prints one JSON object at the end, and nothing else
  --help                 prints this

CSV (.csv, .tsv), in UTF-8: a ticket a line, columns found by the names in the first line:
  ${KNOWN_COLUMNS.replace(/(.{60,}?), /g, '$1,\n  ')}.
Tags are separated by ; or a comma.

NDJSON (.ndjson, .jsonl): a JSON object a line, one of
  a ticket             the fields of POST /v1/tickets, and optionally
                       "messages": texts (replies of the reporter) or {kind, body, authorId, externalId}
                       "tasks": {title, description, done, externalId}
  {"user": {...}}      the fields of POST /v1/users; put people before the rows that name them
  {"task": {...}}      the fields of POST /v1/tasks

Where the server wants to know who you are, set CURLEW_TOKEN to an access token, from which the import makes itself an
API key and revokes it in the end, or CURLEW_API_KEY to an API key.

Run it as often as you like: what is there already is recognised by its externalId and left alone, and a run that was
stopped in the middle is completed by the next. A row without an externalId gets one made of its content, so two rows
with the same content are one ticket, and a row that you edit is a new one. Messages and tasks without an externalId
are recognised by their place in the row. A status is set last, and only on a ticket that nobody has changed.

Exit code: 0 all rows are in; 1 some are not, or nothing could be sent; 2 arguments or columns that make no sense;
130 stopped by Ctrl-C.`;

/** Throws `UsageProblem`; answers nothing when help is asked for. */
export function parseArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        json: { type: 'boolean', default: false },
        map: { type: 'string', multiple: true, default: [] },
        'dry-run': { type: 'boolean', default: false },
        concurrency: { type: 'string', default: '8' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const [file, ...more] = positionals;
    if (file === undefined) throw new UsageProblem('Which file? Name a .csv, .tsv, .ndjson or .jsonl file.');
    if (more.length > 0) throw new UsageProblem(`One file at a time: ${file}, or ${more.join(', ')}?`);
    return {
      file,
      url: urlFrom(values.url ?? (env.CURLEW_URL || `http://127.0.0.1:${env.PORT || 3000}`)),
      token: env.CURLEW_TOKEN || undefined,
      apiKey: env.CURLEW_API_KEY || undefined,
      json: values.json,
      dryRun: values['dry-run'],
      concurrency: concurrencyFrom(values.concurrency),
      maps: parseMaps(values.map),
    };
  } catch (error) {
    if (isOfParseArgs(error)) throw new UsageProblem(error.message);
    if (error instanceof ColumnProblem) throw new UsageProblem(error.message);
    throw error;
  }
}

/** Throws `UsageProblem`. */
export function urlFrom(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new UsageProblem(`--url "${text}" is not an address such as http://127.0.0.1:3000.`);
}

/** Throws `UsageProblem`. */
export function concurrencyFrom(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST_AT_ONCE) return number;
  throw new UsageProblem(`--concurrency "${text}" is not a whole number from 1 to ${MOST_AT_ONCE}.`);
}

export function isOfParseArgs(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
