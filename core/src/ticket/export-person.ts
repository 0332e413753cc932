import * as z from 'zod';
import {
  type AuditTrail,
  auditOf,
  forbidden,
  isInScope,
  type Page,
  type PageRequest,
  reachOf,
} from '../kernel/index.ts';
import type { TicketDeps } from './deps.ts';
import { Message } from './message.ts';
import { Ticket } from './ticket.ts';
import { ticketSeenBy } from './visibility.ts';

// A page of this size takes no more tickets, because the response of a Lambda function may have at most 6 MB.
const ENOUGH_CHARACTERS = 1_000_000;
const MOST_MESSAGES = 100;

/** One item of a person's data export: their account, or a ticket that they reported with its replies. */
export const PersonalData = z.object({
  user: z.looseObject({ id: z.string() }).optional(),
  ticket: Ticket.optional(),
  messages: z.array(Message).optional(),
  messagesTruncated: z.boolean().optional(),
});
export type PersonalData = z.infer<typeof PersonalData>;

/**
 * Exports the stored data of a person: first their account, then the tickets that they reported with all replies,
 * newest ticket first. Users may export their own data, admins the data of any user. Throws `not_found`, `forbidden`.
 */
export async function exportPerson(
  deps: TicketDeps & { readonly audit: AuditTrail },
  userId: string,
  page: PageRequest,
): Promise<Page<PersonalData>> {
  const { ctx, tickets, people, audit } = deps;
  const { organizationId } = ctx.actor;
  const user = await people.account(ctx, userId);
  if (reachOf(ctx.actor, 'users:manage') === 'own' && userId !== ctx.actor.userId)
    throw forbidden(ctx.actor, 'users:manage');
  if (!isInScope(ctx.actor, 'tickets:read')) throw forbidden(ctx.actor, 'tickets:read');
  if (page.after === undefined) await audit.append(auditOf(ctx, 'user.exported', userId));
  const filters = { reporterId: [userId] };
  const items: PersonalData[] = page.after === undefined ? [{ user }] : [];
  let after = page.after;
  let size = 0;
  for (let count = 0; count < page.limit; count++) {
    // The tickets are loaded one at a time, because the size of each decides whether the page ends after it.
    const one = { limit: 1, sort: '-createdAt', filters, ...(after === undefined ? {} : { after }) } as const;
    const { items: rows, next } = await tickets.list(organizationId, one);
    for (const row of rows) {
      const data = await withReplies(deps, row.id);
      if (data === undefined) continue;
      items.push(data);
      size += JSON.stringify(data).length;
    }
    if (next === undefined) return { items };
    after = next;
    if (size >= ENOUGH_CHARACTERS) break;
  }
  return after === undefined ? { items } : { items, next: after };
}

async function withReplies({ ctx, tickets }: TicketDeps, id: string): Promise<PersonalData | undefined> {
  const { organizationId } = ctx.actor;
  const found = await tickets.find(organizationId, id);
  if (found === undefined || found.deletedAt !== null) return undefined;
  const page = { limit: MOST_MESSAGES, sort: 'createdAt', kind: 'reply' } as const;
  const { items: messages, next } = await tickets.listMessages(organizationId, id, page);
  return {
    ticket: ticketSeenBy(ctx.actor, found.ticket),
    messages: [...messages],
    messagesTruncated: next !== undefined,
  };
}
