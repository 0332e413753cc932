import {
  type Actor,
  applyPatch,
  applyReplacement,
  checkVersion,
  type ExpectedVersions,
  isSameJson,
  requireAccess,
  retryStale,
} from '../kernel/index.ts';
import type { Suggestion, Triage } from '../triage/index.ts';
import type { TicketDeps } from './deps.ts';
import type { Change } from './events.ts';
import { changesBetween, type RecordedEvent, recordEvent } from './history.ts';
import { loadTicket, type TicketRight, ticketKey } from './load-ticket.ts';
import type { TicketRef } from './ports.ts';
import { saveTicket } from './save-ticket.ts';
import { afterEdit } from './suggestions.ts';
import {
  checkStep,
  EDITABLE,
  type EditableFields,
  editableFields,
  type Ticket,
  type TicketRecord,
  TicketReplacement,
  withStatusTimes,
} from './ticket.ts';
import { ticketSeenBy } from './visibility.ts';

/** Fields that background work changes. A caller who sends `If-Match` may send old values of these fields. */
const DERIVED: ReadonlySet<string> = new Set(['updatedAt', 'triage']);

/**
 * PUT: replaces all editable fields. `input` may contain read-only fields with their present values, so that a client
 * can read a ticket, edit it and send it back whole.
 * Throws `invalid_request`, `read_only`, `precondition_failed`, `illegal_transition`, `external_id_taken`.
 */
export function replaceTicket(deps: TicketDeps, ref: TicketRef, input: unknown, expected: ExpectedVersions) {
  return changeTicket(deps, ref, 'tickets:manage', expected, (ticket) => ({
    fields: editableFields(applyReplacement(TicketReplacement, editableMembers(deps, ticket, expected), input)),
  }));
}

/** PATCH: JSON Merge Patch, RFC 7396. Throws the same errors as `replaceTicket`. */
export function patchTicket(deps: TicketDeps, ref: TicketRef, patch: unknown, expected: ExpectedVersions) {
  return changeTicket(deps, ref, 'tickets:write', expected, (ticket) => ({
    fields: editableFields(applyPatch(TicketReplacement, editableMembers(deps, ticket, expected), patch)),
  }));
}

function editableMembers({ ctx }: TicketDeps, ticket: Ticket, expected: ExpectedVersions) {
  const current = ticketSeenBy(ctx.actor, ticket);
  return { current, fields: EDITABLE, ...(expected === undefined ? {} : { moving: DERIVED }) };
}

/** The new editable fields of a ticket and, if the edit decides suggestions directly, the new suggestions. */
export interface Edit {
  readonly fields: EditableFields;
  readonly suggestions?: Suggestion[];
}

/** Applies `edit` to a ticket. Throws the same errors as `replaceTicket`. */
export async function changeTicket(
  deps: TicketDeps,
  ref: TicketRef,
  right: TicketRight,
  expected: ExpectedVersions,
  edit: (before: Ticket) => Edit,
): Promise<TicketRecord> {
  const { ctx } = deps;
  return retryStale(ctx, ticketKey(ref), async () => {
    const before = await loadTicket(deps, ref, right);
    checkVersion(expected, before.ticket.version);
    const { fields: wanted, suggestions } = edit(before.ticket);
    checkStep(before.ticket.status, wanted.status);
    checkRights(ctx.actor, changesBetween(before.ticket, wanted));
    const fields = { ...wanted, ...(await peopleOf(deps, before.ticket, wanted)) };
    const changes = changesBetween(before.ticket, fields);

    const now = ctx.now();
    const triage = nextTriage(before.ticket, fields, suggestions);
    const isDerived = triage !== before.ticket.triage;
    if (changes.length === 0 && !isDerived) return saveTicket(deps, before, before, []);

    const version = before.ticket.version + (changes.length === 0 ? 0 : 1);
    const [step, others] = [changes.filter(isStep), changes.filter((one) => !isStep(one))];
    const moved = step.length === 0 ? before.ticket : withStatusTimes(before.ticket, fields.status, now);
    const ticket: Ticket = { ...moved, ...fields, triage, updatedAt: now, version };
    const events: RecordedEvent[] = [];
    let after = { ...before, derived: before.derived + (isDerived ? 1 : 0) };
    const addEvent = (type: 'ticket.status_changed' | 'ticket.updated' | 'ticket.triaged', some: readonly Change[]) => {
      const next = recordEvent(ctx, after, ticket, { type, time: now, changes: some });
      after = next.ticket;
      events.push(next.event);
    };
    if (step.length > 0) addEvent('ticket.status_changed', step);
    if (others.length > 0) addEvent('ticket.updated', others);
    if (events.length === 0) addEvent('ticket.triaged', []);
    return saveTicket(deps, before, after, events);
  });
}

function isStep({ field }: Change): boolean {
  return field === 'status';
}

/** The ticket's triage with its suggestions after the edit. Returns the same object if no suggestion changed. */
function nextTriage(before: Ticket, fields: EditableFields, given: Edit['suggestions']): Triage | null {
  const { triage } = before;
  if (triage === null) return null;
  const suggestions = given ?? afterEdit(triage.suggestions, before, fields);
  return isSameJson(suggestions, triage.suggestions) ? triage : { ...triage, suggestions };
}

// The fields that a customer may change on their own tickets, and the statuses that a customer may set.
const OWN_FIELDS: ReadonlySet<string> = new Set(['title', 'description', 'status']);
const OWN_STEPS: ReadonlySet<string> = new Set(['OPEN', 'CLOSED']);

/** Customers may correct the texts of their tickets, and open or close them. All other changes need staff rights. */
function checkRights(actor: Actor, changes: readonly Change[]): void {
  const isOwn = changes.every(
    ({ field, to }) => OWN_FIELDS.has(field) && (field !== 'status' || OWN_STEPS.has(String(to))),
  );
  if (!isOwn) requireAccess({ actor }, 'tickets:manage', 'all');
}

/** The ids of the wanted people, if they are others than before. The caller may have named them by their addresses. */
async function peopleOf(
  { ctx, people }: TicketDeps,
  before: Ticket,
  wanted: Pick<Ticket, 'reporterId' | 'assignedToId'>,
) {
  const { reporterId, assignedToId } = wanted;
  return {
    reporterId: reporterId === before.reporterId ? reporterId : await people.reporter(ctx, reporterId, undefined),
    assignedToId:
      assignedToId === null || assignedToId === before.assignedToId
        ? assignedToId
        : await people.assignee(ctx, assignedToId),
  };
}
