import { type Answer, type Api, type Problem, problemOf } from '@curlew/client';
import * as z from 'zod';
import { CommandProblem } from '../terminal/problems.ts';
import { messageDifferences, partDifferences, StoredMessage, StoredTicket, ticketDifferences } from './differences.ts';
import type { Fields, Message, Row, TicketRow } from './row.ts';
import type { Tally } from './tally.ts';

/** A reason why a row is not in, or not completely. Another run would not change it. */
export interface Refusal {
  readonly reason: string;
  readonly errors: Problem['errors'];
  /** True if an item is in Curlew already, but with other content. */
  readonly isDifferent?: true;
}

const MOST_STATUS_TRIES = 5;

/**
 * Imports a row and keeps existing items. Each step is identified by an externalId. The status is set last and marks
 * the row as complete, so after an interruption another run continues with the first missing step. Throws `NoAnswer`.
 */
export function sendRow(api: Api, row: Row, tally: Tally): Promise<readonly Refusal[]> {
  if (row.kind === 'user') return sendUser(api, row.user, tally);
  if (row.kind === 'task') return sendTask(api, row.task, '/task', tally);
  return sendTicket(api, row, tally);
}

async function sendUser(api: Api, user: Fields, tally: Tally): Promise<Refusal[]> {
  const answer = await api('POST', 'v1/users', { body: user });
  if (answer.status === 201) {
    tally.users.created++;
    return [];
  }
  const code = problemOf(answer.body)?.code;
  const { id, user_id, ...others } = user;
  const ownId = id ?? user_id;
  const exists = code === 'user_exists' || (code === 'email_taken' && ownId === undefined);
  if (!exists) return [refusalFrom(answer, '/user')];
  const place =
    ownId === undefined ? `?email=${encodeURIComponent(String(user.email))}` : `/${encodeURIComponent(String(ownId))}`;
  return existing(tally.users, '/user', await partDifferences(api, `v1/users${place}`, others));
}

async function sendTask(api: Api, task: Fields, pointer: string, tally: Tally): Promise<Refusal[]> {
  const answer = await api('POST', 'v1/tasks', { body: task });
  if (answer.status === 201) {
    tally.tasks.created++;
    return [];
  }
  const { code, taskId } = problemOf(answer.body) ?? {};
  if (code !== 'external_id_taken') return [refusalFrom(answer, pointer)];
  const expected = { ticketId: null, description: '', done: false, ...task };
  return existing(tally.tasks, pointer, await partDifferences(api, `v1/tasks/${taskId}`, expected));
}

async function sendTicket(api: Api, given: TicketRow, tally: Tally): Promise<Refusal[]> {
  const row = await withAssignee(api, given);
  const created = await api('POST', 'v1/tickets', { body: row.ticket });
  if (created.status === 201) {
    tally.tickets.created++;
    return addMissingParts(api, row, created, [], tally);
  }
  const { code, ticketId } = problemOf(created.body) ?? {};
  if (code !== 'external_id_taken' || typeof ticketId !== 'string') return [refusalFrom(created, '')];
  const found = await api('GET', `v1/tickets/${ticketId}`);
  if (found.status === 404) {
    // A user deleted the imported ticket. It stays deleted, with its messages and tasks.
    tally.tickets.existing++;
    tally.messages.existing += row.messages.length;
    tally.tasks.existing += row.tasks.length;
    return [];
  }
  const { data: ticket } = StoredTicket.safeParse(found.body);
  if (ticket === undefined) return [refusalFrom(found, '')];
  const refusals = existing(tally.tickets, '', await ticketDifferences(api, row, ticket));
  const messages = refusals.length > 0 || row.messages.length === 0 ? [] : await messagesOf(api, ticketId);
  const byExternalId = new Map<unknown, StoredMessage>(messages.map((stored) => [stored.externalId, stored]));
  for (const [i, message] of row.messages.entries()) {
    const stored = byExternalId.get(message.externalId);
    if (stored !== undefined) refusals.push(...differenceAt(`/messages/${i}`, messageDifferences(message, stored)));
  }
  // The ticket may be another one with the same id. Its conversation must not get the messages of this row.
  return refusals.length > 0 ? refusals : addMissingParts(api, row, found, messages, tally);
}

/** Finds the user whose address the row has as its assignee. Without such a user the API refuses the row. */
async function withAssignee(api: Api, row: TicketRow): Promise<TicketRow> {
  const { assignedToId: address } = row.ticket;
  if (typeof address !== 'string' || !address.includes('@')) return row;
  const { body } = await api('GET', `v1/users?email=${encodeURIComponent(address)}`);
  const [user] = z.array(z.looseObject({ id: z.string() })).safeParse(body).data ?? [];
  return user === undefined ? row : { ...row, ticket: { ...row.ticket, assignedToId: user.id } };
}

/** Adds missing parts to the ticket in `answer`, which has `stored` messages. */
async function addMissingParts(
  api: Api,
  row: TicketRow,
  answer: Answer,
  stored: readonly StoredMessage[],
  tally: Tally,
): Promise<Refusal[]> {
  const { data: ticket } = StoredTicket.safeParse(answer.body);
  if (ticket === undefined) return [refusalFrom(answer, '')];
  const refusals: Refusal[] = [];
  const known = new Set<unknown>(stored.map(({ externalId }) => externalId));
  for (const [i, message] of row.messages.entries()) {
    if (known.has(message.externalId)) tally.messages.existing++;
    else refusals.push(...(await sendMessage(api, message, ticket, `/messages/${i}`, tally)));
  }
  for (const [i, task] of row.tasks.entries()) {
    const refused = await sendTask(api, { ...task, ticketId: ticket.id }, `/tasks/${i}`, tally);
    const gone = refused.some(({ errors }) => errors.some(({ code }) => code === 'unknown_ticket'));
    if (gone) tally.tasks.existing++;
    else refusals.push(...refused);
  }
  if (row.status === undefined || row.status === 'NEW' || ticket.status !== 'NEW') return refusals;
  if (refusals.length > 0) {
    // A status such as CLOSED would block the corrected message.
    const reason = 'The status stays NEW until another run imports the complete row.';
    return [...refusals, { reason, errors: [] }];
  }
  return setStatus(api, ticket, row.status);
}

/** Sets the status of a NEW ticket. A status that a user set meanwhile stays. */
async function setStatus(api: Api, { id, version }: StoredTicket, status: string): Promise<Refusal[]> {
  let ifMatch = version;
  for (let tries = 1; ; tries++) {
    const moved = await api('PATCH', `v1/tickets/${id}`, { body: { status }, ifMatch: `"v${ifMatch}"` });
    if (moved.status < 300 || moved.status === 404) return [];
    if (moved.status !== 412 || tries === MOST_STATUS_TRIES) return [refusalFrom(moved, '')];
    // A user, or triage with the setting `apply`, changed the ticket since it was read.
    const { data: now } = StoredTicket.safeParse((await api('GET', `v1/tickets/${id}`)).body);
    if (now?.status !== 'NEW') return [];
    ifMatch = now.version;
  }
}

async function sendMessage(
  api: Api,
  { externalId, fields, byReporter }: Message,
  { id, reporterId }: StoredTicket,
  pointer: string,
  tally: Tally,
): Promise<Refusal[]> {
  const body = { ...fields, ...(byReporter ? { authorId: reporterId } : {}), externalId };
  const answer = await api('POST', `v1/tickets/${id}/messages`, { body });
  const code = problemOf(answer.body)?.code;
  if (answer.status === 201) tally.messages.created++;
  // A parallel run added the message, or a user deleted the ticket meanwhile.
  else if (code === 'external_id_taken' || code === 'not_found') tally.messages.existing++;
  else return [{ ...refusalFrom(answer, pointer), ...(code === 'ticket_closed' ? { isDifferent: true } : {}) }];
  return [];
}

/** The ticket's messages that have an externalId. If this misses one, the API refuses the duplicate. */
async function messagesOf(api: Api, ticketId: string): Promise<StoredMessage[]> {
  const found: StoredMessage[] = [];
  let page: string | undefined = `v1/tickets/${ticketId}/messages?limit=100`;
  while (page !== undefined) {
    const { body, next }: Answer = await api('GET', page);
    found.push(...(z.array(StoredMessage).safeParse(body).data ?? []));
    page = next;
  }
  return found;
}

function existing(counts: Tally['users'], pointer: string, differences: readonly string[]): Refusal[] {
  if (differences.length === 0) counts.existing++;
  return differenceAt(pointer, differences);
}

function differenceAt(pointer: string, names: readonly string[]): Refusal[] {
  if (names.length === 0) return [];
  const where = pointer === '' ? '' : `${pointer}: `;
  const message = 'Has another value in Curlew.';
  return [
    {
      reason: `${where}Is in Curlew with another ${names.join(', ')}; it stays as it is.`,
      errors: names.map((name) => ({ pointer: `${pointer}/${name}`, code: 'different', message })),
      isDifferent: true,
    },
  ];
}

/** `pointer` is the position of the sent part in the row. Throws `CommandProblem` if the caller lacks a right for every row. */
function refusalFrom({ status, body }: Answer, pointer: string): Refusal {
  const problem = problemOf(body);
  // The same right is missing for all rows. A right that the role lacks may be missing for this row only.
  if (problem?.code === 'forbidden' && (pointer === '' || problem.detail.includes('this API key'))) {
    throw new CommandProblem(problem.detail);
  }
  const where = pointer === '' ? '' : `${pointer}: `;
  if (problem === undefined)
    return { reason: `${where}The server answered ${status} without an explanation.`, errors: [] };
  const errors = problem.errors.map((error) => ({ ...error, pointer: `${pointer}${error.pointer}` }));
  const [only] = errors;
  const reason = errors.length === 1 && only ? `${only.pointer}: ${only.message}` : `${where}${problem.detail}`;
  return { reason, errors };
}
