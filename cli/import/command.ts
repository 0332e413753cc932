import { type Command, Option } from 'commander';
import {
  type Connection,
  CREDENTIALS_HELP,
  concurrencyFrom,
  concurrencyOption,
  connectionFrom,
  type Environment,
  urlOption,
} from '../connection/connection.ts';
import { type ColumnMap, KNOWN_COLUMNS, parseMaps } from './columns.ts';
import type { ValueMap } from './fit-row.ts';
import { parseValues } from './parse-values.ts';
import { COMMON, PROFILES, type ProfileName } from './profiles.ts';

export interface ImportSettings extends Connection {
  readonly file: string;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly concurrency: number;
  readonly maps: ColumnMap;
  /** The help desk that wrote the file. */
  readonly from: ProfileName | undefined;
  readonly rest: 'customFields' | undefined;
  readonly values: ValueMap;
}

interface Options {
  readonly url?: string;
  readonly map?: readonly string[];
  readonly from?: ProfileName;
  readonly rest?: 'customFields';
  readonly value?: readonly string[];
  readonly concurrency: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const DEMO_FILE = 'examples/demo.ndjson';

const FORMATS = `
CSV (.csv, .tsv), in UTF-8 or Windows-1252: a ticket a line, columns found by the names in the first line:
  ${KNOWN_COLUMNS.replace(/(.{60,}?), /g, '$1,\n  ')}.
Columns are separated by a comma, a semicolon, a tab or a bar, or by the character of a first line "sep=;".
Tags are separated by ; or a comma or a bar. Unknown columns are left out and named. With --from the columns and values
of that help desk are known, for example --from zendesk; --value "status:Pending=IN_PROGRESS" adds a value.

NDJSON (.ndjson, .jsonl): a JSON object a line, or a JSON array (.json), of
  a ticket             the fields of POST /v1/tickets, and optionally
                       "messages": texts (replies of the reporter) or {kind, body, authorId, externalId}
                       "tasks": {title, description, done, externalId}
  {"user": {...}}      the fields of POST /v1/users; put people before the rows that name them
  {"task": {...}}      the fields of POST /v1/tasks
`;

const HELP = `
${CREDENTIALS_HELP}

You can run the import again: it recognises existing tickets by their externalId and skips them, and it completes a run
that was stopped. A row without an externalId gets one derived from its content, so two rows
with the same content are one ticket, and a row that you edit is a new one. Messages and tasks without an externalId
are recognised by their place in the row. The import sets the status last, and only on a ticket that is still NEW.

"Already there" counts only items with the same content. A row whose id is in Curlew with other content is listed
and counted as different; Curlew keeps its content. Two rows of a file with one id and different content are an error.

A title above 200 characters is cut, and the description begins with the whole title. The end of a description above
20,000 characters becomes a message. Control characters are dropped. Each such row is named.

Exit code: 0 all rows are in; 1 some are not, or are different, or nothing could be sent; 2 wrong arguments or columns;
130 stopped by Ctrl-C.`;

/** Adds `import FILE` and `demo`, which imports the demo data. */
export function addImport(program: Command, env: Environment, run: (settings: ImportSettings) => Promise<void>): void {
  function withOptions(command: Command, formats: string): Command {
    return command
      .addOption(urlOption())
      .addOption(concurrencyOption("rows sent in parallel; with 1, ticket numbers follow the file's order", 8))
      .option('--dry-run', 'check the file and send nothing')
      .option('--json', 'print only one JSON object at the end')
      .addHelpText('after', formats + HELP);
  }
  const settings = (
    file: string,
    { url, map = [], from, rest, value = [], concurrency, dryRun = false, json = false }: Options,
  ): ImportSettings => ({
    ...connectionFrom(url, env),
    file,
    json,
    dryRun,
    concurrency: concurrencyFrom(concurrency),
    maps: parseMaps(map),
    from,
    rest,
    values: parseValues(value, from === undefined ? COMMON : PROFILES[from]),
  });
  withOptions(program.command('import').argument('<file>').description('sends a file of tickets to the API'), FORMATS)
    .addOption(new Option('--from <desk>', 'the help desk that wrote the file').choices(Object.keys(PROFILES)))
    .option('--map <"Column=field">', 'the field of a CSV column, empty to skip it; repeatable', append)
    .option('--value <"field:Value=VALUE">', 'another value for a value of the file; repeatable', append)
    .addOption(new Option('--rest <field>', 'where unknown CSV columns go').choices(['customFields']))
    .action((file: string, options: Options) => run(settings(file, options)));
  withOptions(program.command('demo').description(`imports the demo data, ${DEMO_FILE}`), '').action(
    (options: Options) => run(settings(DEMO_FILE, options)),
  );
}

function append(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}
