import {
  characters,
  firstCharacters,
  isObject,
  PROSE_CHARACTERS,
  TAG_CHARACTERS,
  TITLE_CHARACTERS,
} from '@curlew/core/kernel';
import { MOST_TAGS, TicketPriority, TicketType } from '@curlew/core/ticket';
import type { Fields } from './row.ts';

export interface FittedRow {
  readonly value: unknown;
  /** A sentence for each change of the row. */
  readonly notes: readonly string[];
}

/** Values of fields that the file spells in another way, by field and by `valueKey`. */
export type ValueMap = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The form in which values are compared: "On-Hold" and "on_hold" are one value. */
export function valueKey(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
}

// A help desk has types of its own. A ticket without its type is better than no ticket.
const OPTIONAL = new Map<string, readonly string[]>([
  ['type', TicketType.options],
  ['priority', TicketPriority.options],
]);

const IDS = ['externalId', 'reporterId', 'assignedToId'];
// The API refuses these characters: controls and, in a title, also C1 controls and overrides of the text direction.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const CONTROLS_IN_TITLE = /[\u0080-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Changes a row so that the API accepts it: absent members for null, texts for ids that are numbers, and texts within
 * the limits. Nothing that a person wrote is lost: a long title is whole in the description, and the end of a long
 * description is the first message. A row that fits is returned unchanged.
 */
export function fitRow(value: unknown, values: ValueMap, from?: string): FittedRow {
  if (!isObject(value) || 'user' in value || 'task' in value) return { value, notes: [] };
  const notes: string[] = [];
  const row: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === null) continue;
    const given = typeof member === 'string' ? (values.get(name)?.get(valueKey(member)) ?? member) : member;
    const isNumberId = IDS.includes(name) && typeof member === 'number' && Number.isSafeInteger(member);
    row[name] = isNumberId ? String(member) : given;
  }
  if (from !== undefined) leaveOutUnknown(row, notes);
  fitTitle(row, notes);
  fitDescription(row, notes);
  fitTags(row, notes);
  if (Array.isArray(row.messages)) row.messages = row.messages.flatMap((message) => fitMessage(message, notes));
  return { value: row, notes: [...new Set(notes)] };
}

function fitTitle(row: Record<string, unknown>, notes: string[]): void {
  const name = row.title === undefined && row.subject !== undefined ? 'subject' : 'title';
  const given = row[name];
  if (typeof given !== 'string') return;
  const oneLine = given.trim().replace(/\s*[\t\r\n\u2028\u2029]+\s*/g, ' ');
  if (oneLine !== given.trim()) notes.push('Line breaks and tabs in the title became spaces.');
  const title = withoutControls(withoutControls(oneLine, 'title', notes), 'title', notes, CONTROLS_IN_TITLE);
  row[name] = title === given.trim() ? given : title;
  if (characters(title) <= TITLE_CHARACTERS) return;
  row[name] = `${firstCharacters(title, TITLE_CHARACTERS - 1)}…`;
  const description = typeof row.description === 'string' ? row.description : '';
  row.description = description.startsWith(title)
    ? description
    : `${title}${description === '' ? '' : `\n\n${description}`}`;
  notes.push(`The title was cut to ${TITLE_CHARACTERS} characters; the description begins with the whole title.`);
}

function fitDescription(row: Record<string, unknown>, notes: string[]): void {
  if (typeof row.description !== 'string') return;
  const description = withoutControls(row.description, 'description', notes);
  const start = firstCharacters(description, PROSE_CHARACTERS);
  row.description = start;
  if (start.length === description.length) return;
  const messages = Array.isArray(row.messages) ? row.messages : [];
  row.messages = [description.slice(start.length), ...messages];
  notes.push(`The description is longer than ${PROSE_CHARACTERS} characters; its end became the first message.`);
}

function fitTags(row: Record<string, unknown>, notes: string[]): void {
  if (!Array.isArray(row.tags) || !row.tags.every((tag) => typeof tag === 'string')) return;
  const tags = [...new Set(row.tags.map((tag) => firstCharacters(tag, TAG_CHARACTERS)))];
  const most = MOST_TAGS - (row.category === undefined ? 0 : 1);
  const isCut = tags.length > most || tags.some((tag) => !(row.tags as string[]).includes(tag));
  if (!isCut) return;
  row.tags = tags.slice(0, most);
  notes.push(`Tags were cut to ${most} tags of ${TAG_CHARACTERS} characters.`);
}

/** Several messages for one that is too long. */
function fitMessage(message: unknown, notes: string[]): readonly unknown[] {
  const given = isObject(message) ? message : { body: message };
  const fields: Fields = Object.fromEntries(Object.entries(given).filter(([, member]) => member !== null));
  if (typeof fields.body !== 'string') return [message];
  const parts: string[] = [];
  let rest = withoutControls(fields.body, 'messages', notes);
  do {
    const part = firstCharacters(rest, PROSE_CHARACTERS);
    parts.push(part);
    rest = rest.slice(part.length);
  } while (rest !== '');
  if (parts.length > 1) notes.push(`A message longer than ${PROSE_CHARACTERS} characters became ${parts.length}.`);
  return parts.map((body, i) => {
    if (!isObject(message)) return body;
    const { externalId } = fields;
    return {
      ...fields,
      body,
      ...(i > 0 && typeof externalId === 'string' ? { externalId: `${externalId}/${i + 1}` } : {}),
    };
  });
}

function leaveOutUnknown(row: Record<string, unknown>, notes: string[]): void {
  for (const [name, options] of OPTIONAL) {
    const value = row[name];
    if (typeof value !== 'string' || options.includes(value.toUpperCase())) continue;
    delete row[name];
    notes.push(`The ${name} "${value}" is unknown and left out; set it with --value "${name}:${value}=${options[0]}".`);
  }
  for (const name of ['assignedToId', 'reporterId']) {
    const value = row[name];
    if (typeof value !== 'string' || !/\s/.test(value)) continue;
    delete row[name];
    notes.push(`The ${name === 'reporterId' ? 'reporter' : 'assignee'} "${value}" has no address and is left out.`);
  }
}

function withoutControls(text: string, name: string, notes: string[], controls = CONTROLS): string {
  const clean = text.replace(controls, '').toWellFormed();
  if (clean !== text) notes.push(`Control characters in the ${name} were dropped.`);
  return clean;
}
