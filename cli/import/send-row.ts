import { type Answer, type Api, type Problem, problemOf } from '@curlew/client';
import * as z from 'zod';
import type { Fields, Message, Row } from './row.ts';
import type { Tally } from './tally.ts';

/** Something that the API refused, and a repeat would not better. */
export interface Refusal {
  readonly reason: string;
  readonly errors: Problem['errors'];
}

type TicketOf = Extract<Row, { kind: 'ticket' }>;

/**
 * Brings a row in, leaving alone what is there already. Each step says by an externalId what it makes, and the status,
 * which says that the row is complete, comes last: cut off anywhere, a repeat goes on where this one ended.
 * Throws `Unanswered`.
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
    return complete(api, row, created, new Set(), tally);
  }
  const { code, ticketId } = problemOf(created.body) ?? {};
  if (code !== 'external_id_taken' || typeof ticketId !== 'string') return [refusalFrom(created, '')];
  tally.tickets.existing++;
  if (row.messages.length === 0 && row.tasks.length === 0 && row.status === undefined) return [];

  const found = await api('GET', `v1/tickets/${ticketId}`);
  if (found.status === 404) {
    // Somebody deleted the ticket after it came in. That was their decision, and its parts went with it.
    tally.messages.existing += row.messages.length;
    tally.tasks.existing += row.tasks.length;
    return [];
  }
  const there = row.messages.length === 0 ? new Set() : await messagesOf(api, ticketId);
  return complete(api, row, found, there, tally);
}

const Ticket = z.object({ id: z.string(), reporterId: z.string(), version: z.int() });
type Ticket = z.infer<typeof Ticket>;
const Messages = z.array(z.object({ externalId: z.string().nullable() }));

/** Adds to the ticket that was `answered` what is not there yet. `there` holds the externalIds of its messages. */
async function complete(
  api: Api,
  row: TicketOf,
  answered: Answer,
  there: ReadonlySet<unknown>,
  tally: Tally,
): Promise<Refusal[]> {
  const { data: ticket } = Ticket.safeParse(answered.body);
  if (ticket === undefined) return [refusalFrom(answered, '')];
  const refusals: Refusal[] = [];
  for (const [i, message] of row.messages.entries()) {
    refusals.push(...(await sendMessage(api, message, ticket, { pointer: `/messages/${i}`, there, tally })));
  }
  for (const [i, task] of row.tasks.entries()) {
    const refused = await sendTask(api, { ...task, ticketId: ticket.id }, `/tasks/${i}`, tally);
    const gone = refused.some(({ errors }) => errors.some(({ code }) => code === 'unknown_ticket'));
    if (gone) tally.tasks.existing++;
    else refusals.push(...refused);
  }
  if (row.status === undefined || row.status === 'NEW' || ticket.version !== 1) return refusals;
  if (refusals.length > 0) {
    // A status given now could close the ticket to the corrected message.
    const reason = 'The status stays NEW until a repeat brings in all of the row.';
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
  { pointer, there, tally }: { pointer: string; there: ReadonlySet<unknown>; tally: Tally },
): Promise<Refusal[]> {
  if (!there.has(externalId)) {
    const body = { ...fields, ...(byReporter ? { authorId: reporterId } : {}), externalId };
    const answer = await api('POST', `v1/tickets/${id}/messages`, { body });
    if (answer.status === 201) {
      tally.messages.created++;
      return [];
    }
    const code = problemOf(answer.body)?.code ?? '';
    // CLOSED or deleted since it came in: an earlier run or a person was done with it.
    if (!['external_id_taken', 'ticket_closed', 'not_found'].includes(code)) return [refusalFrom(answer, pointer)];
  }
  tally.messages.existing++;
  return [];
}

/** The externalIds of the ticket's messages; what this does not find, the API refuses to take twice. */
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

/** `pointer` is the place in the row of what was sent. */
function refusalFrom({ status, body }: Answer, pointer: string): Refusal {
  const problem = problemOf(body);
  const where = pointer === '' ? '' : `${pointer}: `;
  if (problem === undefined)
    return { reason: `${where}The server answered ${status} and nothing that explains it.`, errors: [] };
  const errors = problem.errors.map((error) => ({ ...error, pointer: `${pointer}${error.pointer}` }));
  const [only] = errors;
  const reason = errors.length === 1 && only ? `${only.pointer}: ${only.message}` : `${where}${problem.detail}`;
  return { reason, errors };
}
