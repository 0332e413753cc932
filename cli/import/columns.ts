import { UsageProblem } from '../terminal/problems.ts';

/** The names that a help desk's export has for a ticket's fields; case, spaces and underscores make no difference. */
const NAMES = {
  externalId: ['External ID'],
  title: ['Subject', 'Title'],
  description: ['Body', 'Description'],
  status: ['Status'],
  priority: ['Priority'],
  type: ['Type'],
  category: ['Category'],
  tags: ['Tags'],
  email: ['Reporter Email', 'Email', 'Customer Email'],
  reporterId: ['Reporter ID'],
  assignedToId: ['Assignee', 'Assigned To ID'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Field = keyof typeof NAMES;
export const FIELDS = Object.keys(NAMES) as readonly Field[];
export const KNOWN_COLUMNS = FIELDS.map((field) => NAMES[field].join(' or ')).join(', ');

/** Taken exactly as people wrote them; all other cells are trimmed. */
const PROSE: ReadonlySet<Field> = new Set(['title', 'description']);
const WORDS: ReadonlySet<Field> = new Set(['status', 'priority', 'type']);

/** For a column by its plain name: its field, or nothing when it is to be left out. */
export type ColumnMap = ReadonlyMap<string, Field | undefined>;

/** What is wrong with the columns, or with what `--map` says of them. */
export class ColumnProblem extends UsageProblem {}

/** Reads `--map` options of the form `Column=field`; an empty field leaves the column out. */
export function parseMaps(options: readonly string[]): ColumnMap {
  const map = new Map<string, Field | undefined>();
  for (const option of options) {
    const at = option.lastIndexOf('=');
    if (at === -1) throw new ColumnProblem(`--map "${option}" is not of the form "Column=field".`);
    const field = option.slice(at + 1).trim();
    if (field !== '' && !isField(field)) {
      throw new ColumnProblem(`--map "${option}": there is no field ${field}; there are ${FIELDS.join(', ')}.`);
    }
    map.set(plain(option.slice(0, at)), field === '' ? undefined : field);
  }
  return map;
}

/** The field of each column, in order; nothing where a column is left out. Throws `ColumnProblem`. */
export function columnsOf(header: readonly string[], maps: ColumnMap): readonly (Field | undefined)[] {
  const names = header.map(plain);
  const missing = [...maps.keys()].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new ColumnProblem(`--map names a column "${missing[0]}" that the file has not; it has ${list(header)}.`);
  }
  const unknown = header.filter((column) => !maps.has(plain(column)) && fieldOf(plain(column)) === undefined);
  if (unknown.length > 0) {
    const [first = ''] = unknown;
    throw new ColumnProblem(
      `No field of a ticket goes by the column ${list(unknown)}. Known columns are ${KNOWN_COLUMNS}. ` +
        `Name its field with --map "${first}=title" (or ${FIELDS.slice(2).join(', ')}), or leave it out with --map "${first}=".`,
    );
  }
  const fields = names.map((name) => (maps.has(name) ? maps.get(name) : fieldOf(name)));
  for (const field of FIELDS) {
    const twice = header.filter((_, i) => fields[i] === field);
    if (twice.length > 1) {
      throw new ColumnProblem(
        `The columns ${list(twice)} are all ${field}; leave one out with --map "${twice[1]}=" or name its field.`,
      );
    }
  }
  return fields;
}

/** A ticket from the cells of a record; an empty cell says nothing. */
export function ticketFrom(
  fields: readonly (Field | undefined)[],
  cells: readonly string[],
): Readonly<Record<string, unknown>> {
  const ticket: Record<string, unknown> = {};
  for (const [i, field] of fields.entries()) {
    const cell = cells[i] ?? '';
    if (field === undefined || cell.trim() === '') continue;
    ticket[field] = field === 'tags' ? tagsIn(cell) : PROSE.has(field) ? cell : word(field, cell.trim());
  }
  return ticket;
}

function tagsIn(cell: string): string[] {
  return cell
    .split(/[;,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** "In progress" → "In_progress"; the API takes it in any case. */
function word(field: Field, cell: string): string {
  return WORDS.has(field) ? cell.replace(/[\s-]+/g, '_') : cell;
}

function fieldOf(name: string): Field | undefined {
  return FIELDS.find((field) => NAMES[field].some((known) => plain(known) === name) || plain(field) === name);
}

function isField(text: string): text is Field {
  return (FIELDS as readonly string[]).includes(text);
}

function plain(name: string): string {
  return name.replace(/[\s_]+/g, '').toLowerCase();
}

function list(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
