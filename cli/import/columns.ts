import { UsageProblem } from '../terminal/problems.ts';

/** Column names in exports of help desks, by ticket field. Case, spaces and underscores are ignored. */
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
const FIELDS = Object.keys(NAMES) as readonly Field[];
export const KNOWN_COLUMNS = FIELDS.map((field) => NAMES[field].join(' or ')).join(', ');

/** Fields whose cells are kept unchanged; all other cells are trimmed. */
const PROSE: ReadonlySet<Field> = new Set(['title', 'description']);
const WORDS: ReadonlySet<Field> = new Set(['status', 'priority', 'type']);

/** The field of each column, by normalized column name; undefined if the column is skipped. */
export type ColumnMap = ReadonlyMap<string, Field | undefined>;

/** The columns, or the `--map` options, are wrong. The message explains how to correct them. */
export class ColumnProblem extends UsageProblem {}

/** Reads `--map` options of the form `Column=field`; an empty field skips the column. */
export function parseMaps(options: readonly string[]): ColumnMap {
  const map = new Map<string, Field | undefined>();
  for (const option of options) {
    const at = option.lastIndexOf('=');
    if (at === -1) throw new ColumnProblem(`--map "${option}" is not of the form "Column=field".`);
    const field = option.slice(at + 1).trim();
    if (field !== '' && !isField(field)) {
      throw new ColumnProblem(`--map "${option}": there is no field ${field}. The fields are ${FIELDS.join(', ')}.`);
    }
    map.set(plain(option.slice(0, at)), field === '' ? undefined : field);
  }
  return map;
}

/** The field of each column, in order; undefined if a column is skipped. Throws `ColumnProblem`. */
export function columnsOf(header: readonly string[], maps: ColumnMap): readonly (Field | undefined)[] {
  const names = header.map(plain);
  const missing = [...maps.keys()].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new ColumnProblem(
      `--map names the column "${missing[0]}", which is not in the file. Its columns are ${list(header)}.`,
    );
  }
  const unknown = header.filter((column) => !maps.has(plain(column)) && fieldOf(plain(column)) === undefined);
  if (unknown.length > 0) {
    const [first = ''] = unknown;
    throw new ColumnProblem(
      `Unknown column ${list(unknown)}. Known columns are ${KNOWN_COLUMNS}. ` +
        `Set its field with --map "${first}=title" (or ${FIELDS.slice(2).join(', ')}), or skip it with --map "${first}=".`,
    );
  }
  const fields = names.map((name) => (maps.has(name) ? maps.get(name) : fieldOf(name)));
  for (const field of FIELDS) {
    const twice = header.filter((_, i) => fields[i] === field);
    if (twice.length > 1) {
      throw new ColumnProblem(
        `The columns ${list(twice)} all map to ${field}. Skip one with --map "${twice[1]}=", or set another field.`,
      );
    }
  }
  return fields;
}

/** Builds a ticket from the cells of a record. Empty cells are skipped. */
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

/** "In progress" → "In_progress"; the API ignores case. */
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
