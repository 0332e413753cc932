import * as z from 'zod';
import {
  ANSWER_BYTES,
  type AuditTrail,
  answerBytes,
  auditOf,
  forbidden,
  isInScope,
  type Page,
  type PageKey,
  type PageRequest,
  reachOf,
} from '../kernel/index.ts';
import type { TicketDeps } from './deps.ts';
import { Message } from './message.ts';
import { Ticket } from './ticket.ts';
import { ticketSeenBy } from './visibility.ts';

const MOST_MESSAGES = 100;

/** One item of a person's data export: their account, a ticket that they reported with its replies, or more replies. */
export const PersonalData = z.object({
  user: z.looseObject({ id: z.string() }).optional(),
  ticket: Ticket.optional(),
  messages: z.array(Message).optional(),
  messagesTruncated: z.boolean().optional(),
});
export type PersonalData = z.infer<typeof PersonalData>;

/** How far an export is: after these tickets and, if `replies` is given, after these replies of the next ticket. */
interface Progress {
  readonly tickets?: PageKey;
  readonly replies?: { readonly ticketId: string; readonly after: PageKey };
}

/**
 * Exports the stored data of a person: first their account, then the tickets that they reported with all replies,
 * newest ticket first. The replies of a ticket can take several items. A page has at most `limit` items besides the
 * account, and ends when the answer is full. Users may export their own data, admins the data of any user. Throws
 * `not_found`, `forbidden`.
 */
export async function exportPerson(
  deps: TicketDeps & { readonly audit: AuditTrail },
  userId: string,
  page: PageRequest,
): Promise<Page<PersonalData>> {
  const { ctx, tickets, people, audit } = deps;
  const user = await people.account(ctx, userId);
  if (reachOf(ctx.actor, 'users:manage') === 'own' && userId !== ctx.actor.userId)
    throw forbidden(ctx.actor, 'users:manage');
  if (!isInScope(ctx.actor, 'tickets:read')) throw forbidden(ctx.actor, 'tickets:read');
  if (page.after === undefined) await audit.append(auditOf(ctx, 'user.exported', userId));
  const items: PersonalData[] = page.after === undefined ? [{ user }] : [];
  let room = ANSWER_BYTES - items.reduce((sum, item) => sum + answerBytes(item), 0);
  let progress = progressAt(page.after);
  for (let count = 0; count < page.limit; count++) {
    const after = progress.tickets === undefined ? {} : { after: progress.tickets };
    // The tickets are loaded one at a time, because the size of each decides whether the page ends before it.
    const one = { limit: 1, sort: '-createdAt', filters: { reporterId: [userId] }, ...after } as const;
    const { items: rows, next } = await tickets.list(ctx.actor.organizationId, one);
    const part = await readPart(deps, rows[0]?.id, progress, room);
    if (part === 'too large') return { items, next: keyOf(progress) };
    if (part?.data !== undefined) {
      items.push(part.data);
      room -= answerBytes(part.data);
    }
    if (part?.replies !== undefined) progress = { ...progress, replies: part.replies };
    else if (next !== undefined) progress = { tickets: next };
    else return { items };
  }
  return { items, next: keyOf(progress) };
}

interface Part {
  readonly data?: PersonalData;
  /** Set if the ticket has more replies. */
  readonly replies?: Progress['replies'];
}

/** The ticket, unless an earlier item has it, with as many of its next replies as fit into `room` bytes. */
async function readPart(
  { ctx, tickets }: TicketDeps,
  ticketId: string | undefined,
  { replies }: Progress,
  room: number,
): Promise<Part | 'too large' | undefined> {
  const { organizationId } = ctx.actor;
  const found = ticketId === undefined ? undefined : await tickets.find(organizationId, ticketId);
  if (ticketId === undefined || found === undefined || found.deletedAt !== null) return undefined;
  // The ticket of the last page may have been deleted since. The ticket after it starts from its beginning.
  const after = replies?.ticketId === ticketId ? replies.after : undefined;
  const start = after === undefined ? { ticket: ticketSeenBy(ctx.actor, found.ticket) } : {};
  const read = (limit: number) =>
    tickets.listMessages(organizationId, ticketId, {
      limit,
      sort: 'createdAt',
      kind: 'reply',
      ...(after === undefined ? {} : { after }),
    });
  let { items, next } = await read(MOST_MESSAGES);
  let left = room - answerBytes({ ...start, messages: [], messagesTruncated: false });
  const tooMuch = items.findIndex((message) => {
    left -= answerBytes(message);
    return left < 0;
  });
  if (left < 0 && tooMuch <= 0) return 'too large';
  // Only the store can make the key after the last reply that fits, so these replies are read again.
  if (tooMuch > 0) ({ items, next } = await read(tooMuch));
  const data = { ...start, messages: [...items], messagesTruncated: next !== undefined };
  return {
    ...(after !== undefined && items.length === 0 ? {} : { data }),
    ...(next === undefined ? {} : { replies: { ticketId, after: next } }),
  };
}

// The first part of a key that ends within the replies of a ticket. No store begins a key with it.
const REPLIES = 'replies';

function keyOf({ tickets = [], replies }: Progress): PageKey {
  if (replies === undefined) return tickets;
  return [REPLIES, replies.ticketId, JSON.stringify(replies.after), ...tickets];
}

function progressAt(key: PageKey | undefined): Progress {
  if (key === undefined) return {};
  const [kind, ticketId, after, ...before] = key;
  if (kind !== REPLIES) return { tickets: key };
  return {
    ...(before.length === 0 ? {} : { tickets: before }),
    replies: { ticketId: String(ticketId), after: JSON.parse(String(after)) },
  };
}
