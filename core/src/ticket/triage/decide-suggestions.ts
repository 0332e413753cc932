import type { ExpectedVersions } from '../../kernel/index.ts';
import { SUGGESTED_FIELDS, type SuggestedField } from '../../triage/index.ts';
import { changeTicket } from '../change-ticket.ts';
import type { TicketStoreDeps } from '../deps.ts';
import type { People, TicketRef } from '../ports.ts';
import { withAppliedSuggestions, withRevertedSuggestions } from '../suggestions.ts';
import type { TicketRecord } from '../ticket.ts';

interface SuggestionFilter {
  /** Of all fields unless given. */
  readonly fields?: readonly SuggestedField[] | undefined;
}

/**
 * Sets what triage suggests, as a change of the ticket like any other; without open suggestions nothing changes.
 * `least`: leaves those that are less sure. Throws `not_found`, `precondition_failed`.
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
 * Takes back what suggestions set, where nobody has changed it since; they are not made again.
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

/** Suggestions are about no people of a ticket. */
function noPeople(): never {
  throw new Error('A suggestion names nobody.');
}
const NO_PEOPLE: People = { reporter: noPeople, assignee: noPeople, author: noPeople, account: noPeople };
