import { type Context, CurlewError } from '../../kernel/index.ts';
import { TRIAGE_ACTOR } from '../../triage/index.ts';
import type { TicketEvent } from '../events.ts';
import { applicableFields, lessonFrom, SURE } from '../suggestions.ts';
import type { TicketRecord } from '../ticket.ts';
import { applySuggestions } from './decide-suggestions.ts';
import { latestReply, type TextsToRead, type TriageDeps, textOf, updateTriage } from './triage-ticket.ts';

type Reaction = Omit<TriageDeps, 'ctx'> & {
  /** The context of triage in an organization. Its actor has the rights of staff. */
  contextFor(organizationId: string): Context;
};

const OWN_TEXT: ReadonlySet<string> = new Set(['title', 'description']);

/**
 * Updates the triage of a ticket after its text changed or its customer replied, and learns from the tags that people
 * set. It reads the ticket's present state, so the event may arrive late, twice and in any order. Throws if the texts
 * cannot be analysed now; the event is then delivered again.
 */
export async function triageOnEvent(reaction: Reaction, event: TicketEvent): Promise<void> {
  const ctx = reaction.contextFor(event.organizationId);
  const deps: TriageDeps = { ...reaction, ctx };
  const { changed = [] } = event.data;
  try {
    if (event.type === 'ticket.created') {
      await onCreated(deps, event.subject);
    } else if (event.type === 'message.added' && event.data.fromCustomer && event.data.kind === 'reply') {
      const { messageId } = event.data;
      await updateTriage(deps, event.subject, async (found) => ({
        own: false,
        message: await latestReply(deps, found, messageId),
      }));
    } else if (event.type === 'ticket.restored') {
      // Triage skipped all changes of the ticket while it was deleted.
      await updateTriage(deps, event.subject, (found) => everything(deps, found));
    } else if (event.type === 'ticket.updated' && event.actorId !== TRIAGE_ACTOR) {
      if (changed.some((field) => OWN_TEXT.has(field))) await updateTriage(deps, event.subject, async () => OWN);
      if (changed.includes('tags')) await learn(deps, event.subject);
    }
  } catch (error) {
    // A deleted ticket needs no triage. Its restoration sends another event.
    if (!(error instanceof CurlewError && error.code === 'not_found')) throw error;
  }
}

const OWN: TextsToRead = { own: true };
const everything = async (deps: TriageDeps, found: TicketRecord): Promise<TextsToRead> => ({
  own: true,
  message: await latestReply(deps, found),
});

async function onCreated(deps: TriageDeps, ticketId: string): Promise<void> {
  const { ticket } = await updateTriage(deps, ticketId, async (found) =>
    found.ticket.triage === null ? everything(deps, found) : { own: false },
  );
  const fields = applicableFields(ticket, await deps.settings(deps.ctx.actor.organizationId));
  if (fields.length === 0) return;
  try {
    await applySuggestions(deps, ticketId, { fields, least: SURE }, [ticket.version]);
  } catch (error) {
    // Another change of the ticket came first. It stands, and the suggestions stay open.
    if (!(error instanceof CurlewError && error.code === 'precondition_failed')) throw error;
  }
}

async function learn({ ctx, tickets, triager }: TriageDeps, ticketId: string): Promise<void> {
  const { organizationId } = ctx.actor;
  const found = await tickets.find(organizationId, ticketId);
  if (found === undefined || found.deletedAt !== null) return;
  await triager.teach(organizationId, { ticketId, text: textOf(found.ticket), ...lessonFrom(found.ticket) });
}
