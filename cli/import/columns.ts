import { UsageProblem } from '../terminal/problems.ts';
import { addressIn } from './address.ts';
import { COMMON, type Profile } from './profiles.ts';

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
  reporter: ['Reporter'],
  assignedToId: ['Assigned To ID'],
  assignee: ['Assignee'],
  messages: ['Messages'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Field = keyof typeof NAMES;
const FIELDS = Object.keys(NAMES) as readonly Field[];
export const KNOWN_COLUMNS = FIELDS.map((field) => NAMES[field].join(' or ')).join(', ');

/** Fields whose cells are kept unchanged; all other cells are trimmed. */
const PROSE: ReadonlySet<Field> = new Set(['title', 'description', 'messages']);
const WORDS: ReadonlySet<Field> = new Set(['status', 'priority', 'type']);
/** What databases write for an absent value. */
const ABSENT: ReadonlySet<string> = new Set(['NULL', 'null', '\\N']);

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

/** The columns of a table. */
export interface Columns {
  /** The names in the header, in order. */
  readonly header: readonly string[];
  /** The field of each column; undefined if a column is skipped. */
  readonly fields: readonly (Field | undefined)[];
  /** Columns that no name and no option explains. */
  readonly unknown: readonly string[];
  readonly profile: Profile;
}

/** Throws `ColumnProblem` if two columns map to a field, or if there is neither a title nor a description. */
export function columnsOf(header: readonly string[], maps: ColumnMap, profile: Profile = COMMON): Columns {
  const names = header.map(plain);
  const missing = [...maps.keys()].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new ColumnProblem(
      `--map names the column "${missing[0]}", which is not in the file. Its columns are ${list(header)}.`,
    );
  }
  const found = names.map((name) => (maps.has(name) ? maps.get(name) : fieldOf(name, profile)));
  // A name of the profile comes before a common name for the same field.
  const fields = found.map((field, i) => {
    const isCommon = !maps.has(names[i] ?? '') && !isNameIn(profile, field, names[i] ?? '');
    const hasBetter = found.some((other, j) => other === field && isNameIn(profile, field, names[j] ?? ''));
    return isCommon && hasBetter ? undefined : field;
  });
  const unknown = header.filter((_, i) => fields[i] === undefined && !maps.has(names[i] ?? ''));
  if (!fields.includes('title') && !fields.includes('description')) {
    throw new ColumnProblem(
      `No column for a title or a description. Unknown column ${list(unknown)}. Known columns are ${KNOWN_COLUMNS}. ` +
        `Set a field with --map "${unknown[0] ?? ''}=title" (or ${FIELDS.slice(2).join(', ')}), or name the help desk with --from.`,
    );
  }
  for (const field of FIELDS) {
    const twice = header.filter((_, i) => fields[i] === field);
    if (new Set(twice.map(plain)).size > 1) {
      throw new ColumnProblem(
        `The columns ${list(twice)} all map to ${field}. Skip one with --map "${twice[1]}=", or set another field.`,
      );
    }
  }
  return { header, fields, unknown, profile };
}

/** Builds a ticket from the cells of a record. Empty cells are skipped. Repeated columns are joined. */
export function ticketFrom(
  { header, fields, unknown, profile }: Columns,
  cells: readonly string[],
  rest?: 'customFields' | undefined,
): Readonly<Record<string, unknown>> {
  const ticket: Record<string, unknown> = {};
  const others = new Map<string, string>();
  for (const [i, field] of fields.entries()) {
    const cell = cells[i] ?? '';
    const name = header[i] ?? '';
    if (cell.trim() === '' || ABSENT.has(cell.trim())) continue;
    if (field !== undefined) addCell(ticket, field, cell, profile);
    else if (rest !== undefined && unknown.includes(name)) {
      const before = others.get(name);
      others.set(name, before === undefined ? cell.trim() : `${before}, ${cell.trim()}`);
    }
  }
  const { reporter, ...given } = ticket;
  // A name beside an address is no id.
  if (reporter !== undefined && given.email === undefined) given.reporterId ??= reporter;
  if (others.size > 0) given.customFields = Object.fromEntries(others);
  return given;
}

function addCell(ticket: Record<string, unknown>, field: Field, cell: string, profile: Profile): void {
  const before = ticket[field];
  if (field === 'tags')
    ticket.tags = [...new Set([...(Array.isArray(before) ? before : []), ...tagsIn(cell, profile)])];
  else if (field === 'messages')
    ticket.messages = [...(Array.isArray(before) ? before : []), { kind: 'note', body: cell }];
  else if (field === 'email' || field === 'reporter') {
    const address = addressIn(cell);
    if (address !== undefined) ticket.email ??= address;
    else ticket[field] ??= cell.trim();
  } else if (field === 'assignee') {
    ticket.assignedToId ??= addressIn(cell) ?? cell.trim();
  } else if (before !== undefined) ticket[field] = `${before}${PROSE.has(field) ? '\n' : ' '}${cell}`;
  else ticket[field] = PROSE.has(field) ? cell : word(field, cell.trim());
}

function tagsIn(cell: string, { tagSeparator }: Profile): string[] {
  return cell
    .split(tagSeparator)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** "In progress" → "In_progress"; the API ignores case. */
function word(field: Field, cell: string): string {
  return WORDS.has(field) ? cell.replace(/[\s-]+/g, '_') : cell;
}

function fieldOf(name: string, { columns }: Profile): Field | undefined {
  const special = Object.keys(columns).find((field) => columns[field]?.some((known) => plain(known) === name));
  if (special !== undefined) return isField(special) ? special : undefined;
  return FIELDS.find((field) => NAMES[field].some((known) => plain(known) === name) || plain(field) === name);
}

function isNameIn({ columns }: Profile, field: Field | undefined, name: string): boolean {
  return field !== undefined && (columns[field]?.some((known) => plain(known) === name) ?? false);
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
