import type { ExpectedVersions } from '../../kernel/index.ts';
import { SUGGESTED_FIELDS, type SuggestedField } from '../../triage/index.ts';
import { changeTicket } from '../change-ticket.ts';
import type { People, TicketRef } from '../ports.ts';
import type { TicketRecord } from '../ticket.ts';
import type { OnTickets } from '../verb.ts';
import { applied, reverted } from './suggestions.ts';

interface Wanted {
  /** Of all fields unless given. */
  readonly fields?: readonly SuggestedField[] | undefined;
}

/**
 * Sets what triage suggests, as a change of the ticket like any other; without open suggestions nothing changes.
 * `least`: leaves those that are less sure. Throws `not_found`, `precondition_failed`.
 */
export function applySuggestions(
  verb: OnTickets,
  ref: TicketRef,
  { fields = SUGGESTED_FIELDS, least = 0 }: Wanted & { readonly least?: number },
  expected: ExpectedVersions,
): Promise<TicketRecord> {
  const how = { least, by: verb.ctx.actor.userId };
  return changeTicket({ ...verb, people: NOBODY }, ref, expected, (ticket) => applied(ticket, new Set(fields), how));
}

/**
 * Takes back what suggestions set, where nobody has changed it since; they are not made again.
 * Throws `not_found`, `precondition_failed`.
 */
export function revertSuggestions(
  verb: OnTickets,
  ref: TicketRef,
  { fields = SUGGESTED_FIELDS }: Wanted,
  expected: ExpectedVersions,
): Promise<TicketRecord> {
  return changeTicket({ ...verb, people: NOBODY }, ref, expected, (ticket) => reverted(ticket, new Set(fields)));
}

/** Suggestions are about no people of a ticket. */
function nobody(): never {
  throw new Error('A suggestion names nobody.');
}
const NOBODY: People = { reporter: nobody, assignee: nobody, author: nobody, account: nobody };
