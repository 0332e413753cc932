import { type Answer, type Api, type Problem, problemOf } from '@curlew/client';
import * as z from 'zod';
import type { Fields, Message, Row } from './row.ts';
import type { Tally } from './tally.ts';

/** A refusal by the API that a retry would not change. */
export interface Refusal {
  readonly reason: string;
  readonly errors: Problem['errors'];
}

type TicketOf = Extract<Row, { kind: 'ticket' }>;

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
  const code = problemOf(answer.body)?.code;
  const hasId = (user.id ?? user.user_id) !== undefined;
  if (answer.status === 201) tally.users.created++;
  else if (code === 'user_exists' || (code === 'email_taken' && !hasId)) tally.users.existing++;
  else return [refusalFrom(answer, '/user')];
  return [];
}

async function sendTask(api: Api, task: Fields, pointer: string, tally: Tally): Promise<Refusal[]> {
  const answer = await api('POST', 'v1/tasks', { body: task });
  if (answer.status === 201) tally.tasks.created++;
  else if (problemOf(answer.body)?.code === 'external_id_taken') tally.tasks.existing++;
  else return [refusalFrom(answer, pointer)];
  return [];
}

async function sendTicket(api: Api, row: TicketOf, tally: Tally): Promise<Refusal[]> {
  const created = await api('POST', 'v1/tickets', { body: row.ticket });
  if (created.status === 201) {
    tally.tickets.created++;
    return addMissingParts(api, row, created, new Set(), tally);
  }
  const { code, ticketId } = problemOf(created.body) ?? {};
  if (code !== 'external_id_taken' || typeof ticketId !== 'string') return [refusalFrom(created, '')];
  tally.tickets.existing++;
  if (row.messages.length === 0 && row.tasks.length === 0 && row.status === undefined) return [];

  const found = await api('GET', `v1/tickets/${ticketId}`);
  if (found.status === 404) {
    // A user deleted the imported ticket. It stays deleted, with its messages and tasks.
    tally.messages.existing += row.messages.length;
    tally.tasks.existing += row.tasks.length;
    return [];
  }
  const existing = row.messages.length === 0 ? new Set() : await messagesOf(api, ticketId);
  return addMissingParts(api, row, found, existing, tally);
}

const Ticket = z.object({ id: z.string(), reporterId: z.string(), version: z.int() });
type Ticket = z.infer<typeof Ticket>;
const Messages = z.array(z.object({ externalId: z.string().nullable() }));

/** Adds missing parts to the ticket in `answer`. `existing` holds the externalIds of the ticket's messages. */
async function addMissingParts(
  api: Api,
  row: TicketOf,
  answer: Answer,
  existing: ReadonlySet<unknown>,
  tally: Tally,
): Promise<Refusal[]> {
  const { data: ticket } = Ticket.safeParse(answer.body);
  if (ticket === undefined) return [refusalFrom(answer, '')];
  const refusals: Refusal[] = [];
  for (const [i, message] of row.messages.entries()) {
    refusals.push(...(await sendMessage(api, message, ticket, { pointer: `/messages/${i}`, existing, tally })));
  }
  for (const [i, task] of row.tasks.entries()) {
    const refused = await sendTask(api, { ...task, ticketId: ticket.id }, `/tasks/${i}`, tally);
    const gone = refused.some(({ errors }) => errors.some(({ code }) => code === 'unknown_ticket'));
    if (gone) tally.tasks.existing++;
    else refusals.push(...refused);
  }
  if (row.status === undefined || row.status === 'NEW' || ticket.version !== 1) return refusals;
  if (refusals.length > 0) {
    // A status such as CLOSED would block the corrected message.
    const reason = 'The status stays NEW until another run imports the complete row.';
    return [...refusals, { reason, errors: [] }];
  }
  const moved = await api('PATCH', `v1/tickets/${ticket.id}`, { body: { status: row.status }, ifMatch: '"v1"' });
  const leftAlone = moved.status === 412 || moved.status === 404;
  return moved.status < 300 || leftAlone ? [] : [refusalFrom(moved, '')];
}

async function sendMessage(
  api: Api,
  { externalId, fields, byReporter }: Message,
  { id, reporterId }: Ticket,
  { pointer, existing, tally }: { pointer: string; existing: ReadonlySet<unknown>; tally: Tally },
): Promise<Refusal[]> {
  if (!existing.has(externalId)) {
    const body = { ...fields, ...(byReporter ? { authorId: reporterId } : {}), externalId };
    const answer = await api('POST', `v1/tickets/${id}/messages`, { body });
    if (answer.status === 201) {
      tally.messages.created++;
      return [];
    }
    const code = problemOf(answer.body)?.code ?? '';
    // The ticket is CLOSED or deleted, by an earlier run or a user, and stays unchanged.
    if (!['external_id_taken', 'ticket_closed', 'not_found'].includes(code)) return [refusalFrom(answer, pointer)];
  }
  tally.messages.existing++;
  return [];
}

/** The externalIds of the ticket's messages. If this misses one, the API refuses the duplicate. */
async function messagesOf(api: Api, ticketId: string): Promise<Set<unknown>> {
  const found = new Set<unknown>();
  let page: string | undefined = `v1/tickets/${ticketId}/messages?limit=100`;
  while (page !== undefined) {
    const { body, next }: Answer = await api('GET', page);
    for (const { externalId } of Messages.safeParse(body).data ?? []) found.add(externalId);
    page = next;
  }
  return found;
}

/** `pointer` is the position of the sent part in the row. */
function refusalFrom({ status, body }: Answer, pointer: string): Refusal {
  const problem = problemOf(body);
  const where = pointer === '' ? '' : `${pointer}: `;
  if (problem === undefined)
    return { reason: `${where}The server answered ${status} without an explanation.`, errors: [] };
  const errors = problem.errors.map((error) => ({ ...error, pointer: `${pointer}${error.pointer}` }));
  const [only] = errors;
  const reason = errors.length === 1 && only ? `${only.pointer}: ${only.message}` : `${where}${problem.detail}`;
  return { reason, errors };
}
