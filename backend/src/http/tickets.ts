import { type AuditTrail, Instant, TAG_CHARACTERS, toUtc, UserId } from '@curlew/core/kernel';
import {
  addMessage,
  createTicket,
  deleteTicket,
  exportPerson,
  HistoryEntry,
  listHistory,
  listMessages,
  listTickets,
  Message,
  NewMessage,
  NewTicket,
  PersonalData,
  patchTicket,
  readMessage,
  readTicket,
  replaceTicket,
  restoreTicket,
  Sentiment,
  TICKET_SORTS,
  Ticket,
  type TicketDeps,
  TicketPriority,
  type TicketQuery,
  type TicketRecord,
  type TicketRef,
  TicketReplacement,
  TicketRow,
  TicketStatus,
  TicketType,
} from '@curlew/core/ticket';
import * as z from 'zod';
import { type Call, routesFor } from './contract.ts';
import { etagOf } from './etag.ts';
import { preferredReply } from './preferred-reply.ts';
import { anyOf, creationSort, pageParameters, sortedPage } from './query.ts';
import { empty, json, type Reply } from './reply.ts';
import { SPELLINGS } from './spellings.ts';

export type TicketPorts = Omit<TicketDeps, 'ctx'> & { readonly audit: AuditTrail };

const route = routesFor<TicketPorts>();

export const TicketSort = z.enum(TICKET_SORTS);

const TicketListQuery = z.strictObject({
  ...pageParameters,
  sort: TicketSort.optional(),
  status: anyOf(TicketStatus),
  priority: anyOf(TicketPriority),
  type: anyOf(TicketType),
  reporterId: anyOf(UserId),
  assignedToId: anyOf(UserId),
  tag: anyOf(z.string().min(1).max(TAG_CHARACTERS)),
  sentiment: anyOf(Sentiment),
  updatedSince: Instant.optional(),
});

const PageQuery = z.strictObject({ ...pageParameters, sort: creationSort });

export const ticketRoutes = [
  route({
    id: 'createTicket',
    right: 'tickets:write',
    method: 'POST',
    path: '/tickets',
    body: { schema: NewTicket, kind: 'create' },
    spellings: SPELLINGS.ticket,
    accepts: ['Idempotency-Key'],
    successes: [{ status: 201, schema: Ticket }],
    problems: ['external_id_taken', 'person_mismatch', 'user_removed'],
    run: (deps, { body }) => createTicket(deps, body),
    reply: (created, { path }) => ticketReply(201, created, { location: `${path}/${created.ticket.id}` }),
  }),
  route({
    id: 'listTickets',
    right: 'tickets:read',
    method: 'GET',
    path: '/tickets',
    query: TicketListQuery,
    spellings: SPELLINGS.ticket,
    successes: [{ status: 200, schema: z.array(TicketRow) }],
    problems: ['invalid_cursor'],
    run: (deps, call) => listTickets(deps, ticketQuery(call)),
    reply: (page, call) => call.paged(page),
  }),
  route({
    id: 'getTicket',
    right: 'tickets:read',
    method: 'GET',
    path: '/tickets/{ticketId}',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: Ticket }],
    problems: ['not_found'],
    run: (deps, call) => readTicket(deps, ticketRef(call)),
    reply: (found) => ticketReply(200, found),
  }),
  route({
    id: 'replaceTicket',
    right: 'tickets:manage',
    method: 'PUT',
    path: '/tickets/{ticketId}',
    body: { schema: TicketReplacement, kind: 'replace' },
    spellings: SPELLINGS.ticket,
    accepts: ['If-Match'],
    successes: [{ status: 200, schema: Ticket }],
    problems: [
      'not_found',
      'read_only',
      'precondition_failed',
      'illegal_transition',
      'external_id_taken',
      'user_removed',
    ],
    run: (deps, call) => replaceTicket(deps, ticketRef(call), call.body, call.expected),
    reply: (changed) => ticketReply(200, changed),
  }),
  route({
    id: 'patchTicket',
    right: 'tickets:write',
    method: 'PATCH',
    path: '/tickets/{ticketId}',
    body: { schema: TicketReplacement, kind: 'merge' },
    spellings: SPELLINGS.ticket,
    accepts: ['If-Match', 'Idempotency-Key', 'Prefer'],
    successes: [{ status: 200, schema: Ticket }, { status: 204 }],
    problems: [
      'not_found',
      'read_only',
      'precondition_failed',
      'illegal_transition',
      'external_id_taken',
      'user_removed',
    ],
    run: (deps, call) => patchTicket(deps, ticketRef(call), call.body, call.expected),
    reply: (changed, call) => preferredReply(call, ticketReply(200, changed)),
  }),
  route({
    id: 'deleteTicket',
    right: 'tickets:manage',
    method: 'DELETE',
    path: '/tickets/{ticketId}',
    accepts: ['If-Match'],
    successes: [{ status: 204 }],
    problems: ['not_found', 'precondition_failed'],
    run: (deps, call) => deleteTicket(deps, ticketRef(call), call.expected),
    reply: () => empty(204),
  }),
  route({
    id: 'restoreTicket',
    right: 'tickets:manage',
    method: 'POST',
    path: '/tickets/{ticketId}/restore',
    body: { schema: z.strictObject({}), kind: 'create', optional: true },
    accepts: ['Idempotency-Key'],
    successes: [{ status: 200, schema: Ticket }],
    problems: ['not_found'],
    run: (deps, call) => restoreTicket(deps, ticketRef(call)),
    reply: (restored) => ticketReply(200, restored),
  }),
  route({
    id: 'addMessage',
    right: 'tickets:write',
    method: 'POST',
    path: '/tickets/{ticketId}/messages',
    body: { schema: NewMessage, kind: 'create' },
    spellings: SPELLINGS.message,
    accepts: ['Idempotency-Key'],
    successes: [{ status: 201, schema: Message }],
    problems: ['not_found', 'ticket_closed', 'external_id_taken', 'user_removed'],
    run: (deps, call) => addMessage(deps, ticketRef(call), call.body),
    reply: (message, { path }) => messageReply(201, message, { location: `${path}/${message.id}` }),
  }),
  route({
    id: 'listMessages',
    right: 'tickets:read',
    method: 'GET',
    path: '/tickets/{ticketId}/messages',
    query: PageQuery,
    successes: [{ status: 200, schema: z.array(Message) }],
    problems: ['not_found', 'invalid_cursor'],
    run: (deps, call) => listMessages(deps, ticketRef(call), sortedPage(call)),
    reply: (page, call) => call.paged(page),
  }),
  route({
    id: 'getMessage',
    right: 'tickets:read',
    method: 'GET',
    path: '/tickets/{ticketId}/messages/{messageId}',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: Message }],
    problems: ['not_found'],
    run: (deps, call) => readMessage(deps, ticketRef(call), call.params.messageId ?? ''),
    reply: (message) => messageReply(200, message),
  }),
  route({
    id: 'exportUser',
    right: 'users:manage',
    alsoRight: 'tickets:read',
    method: 'GET',
    path: '/users/{userId}/export',
    query: z.strictObject(pageParameters),
    successes: [{ status: 200, schema: z.array(PersonalData) }],
    problems: ['not_found', 'invalid_cursor'],
    run: (deps, call) => exportPerson(deps, call.params.userId ?? '', call.page()),
    reply: (page, call) => call.paged(page),
  }),
  route({
    id: 'listHistory',
    right: 'tickets:manage',
    method: 'GET',
    path: '/tickets/{ticketId}/history',
    query: PageQuery,
    successes: [{ status: 200, schema: z.array(HistoryEntry) }],
    problems: ['not_found', 'invalid_cursor'],
    run: (deps, call) => listHistory(deps, ticketRef(call), sortedPage(call)),
    reply: (page, call) => call.paged(page),
  }),
];

/** Reads the ticket reference in the path: digits are the human number, any other text is an id. */
export function ticketRef({ params }: Pick<Call<unknown, unknown>, 'params'>): TicketRef {
  const { ticketId = '' } = params;
  return /^\d{1,15}$/.test(ticketId) ? Number(ticketId) : ticketId;
}

function ticketQuery(call: Call<z.output<typeof TicketListQuery>, unknown>): TicketQuery {
  const { limit: _limit, cursor: _cursor, sort = '-createdAt', updatedSince, ...lists } = call.query;
  const since = updatedSince === undefined ? undefined : toUtc(updatedSince);
  return { ...call.page(), sort, filters: { ...lists, updatedSince: since } };
}

export function ticketReply(
  status: number,
  { ticket, derived }: TicketRecord,
  headers: Record<string, string> = {},
): Reply {
  return json(status, ticket, { etag: etagOf(ticket.version, derived), ...headers });
}

function messageReply(status: number, message: Message, headers: Record<string, string> = {}): Reply {
  return json(status, message, { etag: etagOf(message.version), ...headers });
}
