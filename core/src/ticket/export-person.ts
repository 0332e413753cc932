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

// A page that holds as much as this takes no more tickets: an answer of a function may have 6 MB at most.
const ENOUGH_CHARACTERS = 1_000_000;
const MOST_MESSAGES = 100;

export const PersonalData = z.object({
  user: z.looseObject({ id: z.string() }).optional(),
  ticket: Ticket.optional(),
  messages: z.array(Message).optional(),
  messagesTruncated: z.boolean().optional(),
});
export type PersonalData = z.infer<typeof PersonalData>;

/**
 * What is stored of a person: their account, then the tickets that they reported with the replies on them, newest
 * first. Everybody may have their own, admins everybody's. Throws `not_found`, `forbidden`.
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
    // One by one: where a page ends is known only when its tickets are.
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
