import { hash } from 'node:crypto';
import { EXTERNAL_ID_CHARACTERS, invalid, isObject, parse } from '@curlew/core/kernel';
import { TicketStatus } from '@curlew/core/ticket';
import * as z from 'zod';

export type Fields = Readonly<Record<string, unknown>>;

/** A parsed row. Tickets, messages and tasks have an externalId, so that another run recognizes them. */
export type Row =
  | { readonly kind: 'user'; readonly user: Fields }
  | { readonly kind: 'task'; readonly externalId: string; readonly task: Fields }
  | TicketRow;

export interface TicketRow {
  readonly kind: 'ticket';
  readonly externalId: string;
  /** Without the status, which is sent last: a customer's reply would reopen a RESOLVED ticket. */
  readonly ticket: Fields;
  readonly status: TicketStatus | undefined;
  readonly messages: readonly Message[];
  readonly tasks: readonly Fields[];
}

export interface Message {
  readonly externalId: unknown;
  readonly fields: Fields;
  /** A plain text is a reply by the ticket's reporter. */
  readonly byReporter: boolean;
}

// "3.60001E+11" or "3,60001E+11": several long numbers have the same text then.
const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+\d+$/i;
const ExternalId = z.string().min(1).check(isNotScientific).nullish();
const PersonId = z.unknown().check(isNotScientific).optional();
const Part = z.custom<Fields>(isObject, { message: 'Must be an object.', params: { code: 'wrong_type' } });
const TextOrPart = z.custom<string | Fields>((value) => typeof value === 'string' || isObject(value), {
  message: 'Must be a text or an object.',
  params: { code: 'wrong_type' },
});

const UserRow = z.strictObject({ user: Part });
const TaskRow = z.strictObject({ task: z.looseObject({ externalId: ExternalId }) });
const TicketMembers = z.looseObject({
  externalId: ExternalId,
  reporterId: PersonId,
  assignedToId: PersonId,
  status: z
    .string()
    .transform((status) => status.toUpperCase())
    .pipe(TicketStatus)
    .nullish(),
  messages: z.array(TextOrPart).nullish(),
  tasks: z.array(Part).nullish(),
});

/**
 * Throws `invalid_request` if the value is not a row. The API checks the fields itself. A missing externalId is derived
 * from `original`, the row as the file has it.
 */
export function parseRow(value: unknown, original: unknown = value): Row {
  if (!isObject(value)) {
    throw invalid([{ pointer: '', code: 'wrong_type', message: 'A row must be a JSON object.' }]);
  }
  if ('user' in value) return { kind: 'user', user: recognisable(parse(UserRow, value).user) };
  if ('task' in value) {
    const { task } = parse(TaskRow, value);
    const externalId = task.externalId ?? derivedId(original);
    return { kind: 'task', externalId, task: { ...task, externalId } };
  }
  const { externalId = null, status, messages, tasks } = parse(TicketMembers, value);
  const { status: _status, messages: _messages, tasks: _tasks, ...ticket } = value;
  const id = externalId ?? derivedId(original);
  return {
    kind: 'ticket',
    externalId: id,
    ticket: { ...ticket, externalId: id },
    status: status ?? undefined,
    messages: (messages ?? []).map((message, i) => messageFrom(message, partId(id, `#${i + 1}`))),
    tasks: (tasks ?? []).map((task, i) => ({ ...task, externalId: task.externalId ?? partId(id, `/task/${i + 1}`) })),
  };
}

/** The externalId of a possibly invalid row, for reports. */
export function externalIdOf(value: unknown): string | null {
  const { externalId } = isObject(value) ? (isObject(value.task) ? value.task : value) : {};
  return typeof externalId === 'string' ? externalId : null;
}

function isNotScientific(context: z.core.ParsePayload<unknown>): void {
  const { value } = context;
  if (typeof value !== 'string' || !SCIENTIFIC.test(value)) return;
  const message = `${value} is a long number that a spreadsheet shortened, so its last digits are lost. Format the column as text, and export the file again.`;
  context.issues.push({ code: 'custom', input: value, message, params: { code: 'scientific_notation' } });
}

function recognisable(user: Fields): Fields {
  if ([user.id, user.user_id, user.email].some((one) => one !== undefined && one !== null)) return user;
  const message = 'Needs an id or an email; without either, another run would create the user again.';
  throw invalid([{ pointer: '/user', code: 'required', message }]);
}

function messageFrom(message: string | Fields, derived: string): Message {
  if (typeof message === 'string') return { externalId: derived, fields: { body: message }, byReporter: true };
  return { externalId: message.externalId ?? derived, fields: message, byReporter: false };
}

/** A hash of the content, independent of the order of members. */
export function derivedId(value: unknown): string {
  return `import-${hash('sha256', JSON.stringify(sorted(value)))}`;
}

function partId(externalId: string, suffix: string): string {
  const id = `${externalId}${suffix}`;
  return id.length <= EXTERNAL_ID_CHARACTERS ? id : `${derivedId(externalId)}${suffix}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
