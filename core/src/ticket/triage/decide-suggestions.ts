import type { ExpectedVersions } from '../../kernel/index.ts';
import { SUGGESTED_FIELDS, type SuggestedField } from '../../triage/index.ts';
import { changeTicket } from '../change-ticket.ts';
import type { TicketStoreDeps } from '../deps.ts';
import type { People, TicketRef } from '../ports.ts';
import { withAppliedSuggestions, withRevertedSuggestions } from '../suggestions.ts';
import type { TicketRecord } from '../ticket.ts';

interface SuggestionFilter {
  /** All fields, if absent. */
  readonly fields?: readonly SuggestedField[] | undefined;
}

/**
 * Sets the suggested values on the ticket, as a normal change of the ticket. Without open suggestions the ticket stays
 * unchanged. Suggestions with a confidence below `least` stay open. Throws `not_found`, `precondition_failed`.
 */
export function applySuggestions(
  deps: TicketStoreDeps,
  ref: TicketRef,
  { fields = SUGGESTED_FIELDS, least = 0 }: SuggestionFilter & { readonly least?: number },
  expected: ExpectedVersions,
): Promise<TicketRecord> {
  const how = { least, by: deps.ctx.actor.userId };
  return changeTicket({ ...deps, people: NO_PEOPLE }, ref, 'tickets:manage', expected, (ticket) =>
    withAppliedSuggestions(ticket, new Set(fields), how),
  );
}

/**
 * Undoes applied suggestions, except for fields that a person has changed since. Triage does not suggest them again.
 * Throws `not_found`, `precondition_failed`.
 */
export function revertSuggestions(
  deps: TicketStoreDeps,
  ref: TicketRef,
  { fields = SUGGESTED_FIELDS }: SuggestionFilter,
  expected: ExpectedVersions,
): Promise<TicketRecord> {
  return changeTicket({ ...deps, people: NO_PEOPLE }, ref, 'tickets:manage', expected, (ticket) =>
    withRevertedSuggestions(ticket, new Set(fields)),
  );
}

// A suggestion never changes the reporter or the assignee, so `changeTicket` never calls these.
function noPeople(): never {
  throw new Error('A suggestion must not change the people of a ticket.');
}
const NO_PEOPLE: People = { reporter: noPeople, assignee: noPeople, author: noPeople, account: noPeople };
