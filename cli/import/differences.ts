import type { Answer, Api } from '@curlew/client';
import { isSameJson } from '@curlew/core/kernel';
import { editableFields, NewMessage, NewTicket, titleFrom } from '@curlew/core/ticket';
import * as z from 'zod';
import { normalizeCase, parseSpelled, SPELLINGS } from '../../backend/src/http/spellings.ts';
import type { Fields, Message, TicketRow } from './row.ts';

// All functions here return the names of the fields whose content is not in Curlew. A field that a user changed after
// the import counts as imported.

/** The members of a stored ticket that an import needs. */
export const StoredTicket = z.looseObject({
  id: z.string(),
  status: z.string(),
  reporterId: z.string(),
  version: z.int(),
});
export type StoredTicket = z.infer<typeof StoredTicket>;

export const StoredMessage = z.object({
  externalId: z.string().nullable(),
  kind: z.string(),
  body: z.string(),
  authorId: z.string(),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

const Stored = z.looseObject({ version: z.int() });
const Changes = z.array(z.object({ changes: z.array(z.looseObject({ field: z.string() })) }));

/** Compares a row with the ticket that has its externalId. The API has accepted the syntax of the row. */
export async function ticketDifferences(api: Api, row: TicketRow, ticket: StoredTicket): Promise<readonly string[]> {
  const given = parseSpelled(NewTicket, row.ticket, SPELLINGS.ticket) as NewTicket;
  const {
    reporterId,
    status: _,
    ...expected
  } = editableFields({
    ...given,
    title: given.title ?? titleFrom(given.description ?? '') ?? '',
    description: given.description ?? '',
    status: 'NEW',
    priority: given.priority ?? 'MEDIUM',
    type: given.type ?? 'INCIDENT',
    reporterId: given.reporterId ?? ticket.reporterId,
  });
  const fields: Fields = { ...expected, reporterId };
  let names = Object.keys(fields).filter((name) => !isSameJson(fields[name], ticket[name]));
  // A ticket never returns to NEW, so a NEW ticket waits for the status that the import sets last.
  const wasMoved = ticket.status !== 'NEW' && row.status !== undefined && row.status !== 'NEW';
  const hasOtherStatus = wasMoved && row.status !== ticket.status;
  if (ticket.version > 1 && (names.length > 0 || hasOtherStatus)) {
    const { original, statuses } = await historyOf(api, ticket.id);
    names = names.filter((name) => !original.has(name) || !isSameJson(fields[name], original.get(name)));
    if (hasOtherStatus && !statuses.has(row.status)) names.push('status');
  }
  if (given.email !== undefined && given.reporterId === undefined && !names.includes('reporterId')) {
    if (!(await hasAddress(api, ticket.reporterId, given.email))) names.push('email');
  }
  return names;
}

/** The values before the first change of each field, and all statuses that the ticket had. */
async function historyOf(api: Api, ticketId: string) {
  const original = new Map<string, unknown>();
  const statuses = new Set<unknown>();
  let page: string | undefined = `v1/tickets/${ticketId}/history?sort=createdAt&limit=100`;
  while (page !== undefined) {
    const { body, next }: Answer = await api('GET', page);
    for (const { changes } of Changes.safeParse(body).data ?? []) {
      for (const { field, from, to } of changes) {
        if (field === 'status') statuses.add(to);
        if (!original.has(field)) original.set(field, from);
      }
    }
    page = next;
  }
  return { original, statuses };
}

async function hasAddress(api: Api, userId: string, email: string): Promise<boolean> {
  const { status, body } = await api('GET', `v1/users/${encodeURIComponent(userId)}`);
  const { data } = Stored.safeParse(body);
  // Curlew no longer knows the first address of a user who was changed or erased.
  if (status !== 200 || data === undefined || data.version > 1) return true;
  return String(data.email ?? '').toLowerCase() === email.toLowerCase();
}

export function messageDifferences({ fields, byReporter }: Message, stored: StoredMessage): readonly string[] {
  const { data } = NewMessage.safeParse(normalizeCase(fields, SPELLINGS.message));
  if (data === undefined) return [];
  const expected: Fields = {
    kind: data.kind ?? 'reply',
    body: data.body,
    authorId: byReporter ? stored.authorId : (data.authorId ?? stored.authorId),
  };
  return Object.keys(expected).filter((name) => expected[name] !== stored[name as keyof StoredMessage]);
}

/** Compares fields with those of a stored task or user, unless a user has changed or erased it. */
export async function partDifferences(api: Api, path: string, expected: Fields): Promise<readonly string[]> {
  const { status, body } = await api('GET', path);
  const { data } = Stored.safeParse(Array.isArray(body) ? body[0] : body);
  if (status !== 200 || data === undefined || data.version > 1) return [];
  return Object.keys(expected).filter((name) => !isSameValue(expected[name], data[name]));
}

/** Ignores the case of texts: addresses and roles may be written in any case. */
function isSameValue(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : isSameJson(a, b);
}
