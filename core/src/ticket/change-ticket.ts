import {
  type Actor,
  checkVersion,
  demand,
  type ExpectedVersions,
  patched,
  replacement,
  retryStale,
} from '../kernel/index.ts';
import { changesBetween, type RecordedEvent, record } from './history.ts';
import type { TicketRef } from './ports.ts';
import {
  checkStep,
  EDITABLE,
  moveTicket,
  type Ticket,
  type TicketRecord,
  TicketReplacement,
  withDefaults,
} from './ticket.ts';
import { loadTicket, saveTicket, type TicketVerb, ticketKey } from './verb.ts';

/** Fields that background work moves: a person who names the version they edited need not have the latest of these. */
const DERIVED: ReadonlySet<string> = new Set(['updatedAt', 'triage']);

/**
 * PUT: replaces what people set. `input` may hold read-only fields as they are now, so that GET, edit, PUT works.
 * Throws `invalid_request`, `read_only`, `precondition_failed`, `illegal_transition`, `external_id_taken`.
 */
export function replaceTicket(verb: TicketVerb, ref: TicketRef, input: unknown, expected: ExpectedVersions) {
  return change(verb, ref, expected, (ticket) => replacement(TicketReplacement, editable(ticket, expected), input));
}

/** PATCH: JSON Merge Patch, RFC 7396. Throws what `replaceTicket` throws. */
export function patchTicket(verb: TicketVerb, ref: TicketRef, patch: unknown, expected: ExpectedVersions) {
  return change(verb, ref, expected, (ticket) => patched(TicketReplacement, editable(ticket, expected), patch));
}

function editable(current: Ticket, expected: ExpectedVersions) {
  return { current, fields: EDITABLE, ...(expected === undefined ? {} : { moving: DERIVED }) };
}

async function change(
  verb: TicketVerb,
  ref: TicketRef,
  expected: ExpectedVersions,
  edit: (before: Ticket) => TicketReplacement,
): Promise<TicketRecord> {
  const { ctx, people } = verb;
  return retryStale(ctx, ticketKey(ref), async () => {
    const before = await loadTicket(verb, ref);
    checkVersion(expected, before.ticket.version);
    const fields = withDefaults(edit(before.ticket));
    checkStep(before.ticket.status, fields.status);
    checkRights(ctx.actor, before.ticket, fields);
    if (fields.reporterId !== before.ticket.reporterId) await people.reporter(ctx, fields.reporterId, undefined);
    if (fields.assignedToId !== null && fields.assignedToId !== before.ticket.assignedToId) {
      await people.assignee(ctx, fields.assignedToId);
    }

    const now = ctx.now();
    const moved = moveTicket(before.ticket, fields.status, now);
    const edited: Ticket = { ...moved, ...fields };
    const changes = changesBetween(before.ticket, edited);
    if (changes.length === 0) return saveTicket(verb, before, before, []);

    const ticket: Ticket = { ...edited, updatedAt: now, version: before.ticket.version + 1 };
    const events: RecordedEvent[] = [];
    let after = before;
    const tell = (type: 'ticket.status_changed' | 'ticket.updated', some: typeof changes) => {
      if (some.length === 0) return;
      const next = record(ctx, after, ticket, { type, time: now, changes: some });
      after = next.record;
      events.push(next.recorded);
    };
    tell(
      'ticket.status_changed',
      changes.filter((one) => one.field === 'status'),
    );
    tell(
      'ticket.updated',
      changes.filter((one) => one.field !== 'status'),
    );
    return saveTicket(verb, before, after, events);
  });
}

// What customers may change of their tickets, and where to.
const OWN_FIELDS: ReadonlySet<string> = new Set(['title', 'description', 'status']);
const OWN_STEPS: ReadonlySet<string> = new Set(['OPEN', 'CLOSED']);

/** Customers may correct what they wrote, and open or close it; everything else is what staff decides. */
function checkRights(actor: Actor, before: Ticket, fields: TicketReplacement): void {
  const changes = changesBetween(before, { ...before, ...withDefaults(fields) });
  const isOwn = changes.every(
    ({ field, to }) => OWN_FIELDS.has(field) && (field !== 'status' || OWN_STEPS.has(String(to))),
  );
  if (!isOwn) demand(actor, 'tickets:manage', 'agent');
}
