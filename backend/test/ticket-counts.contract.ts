import type { TicketCounts } from '@curlew/core/analytics';
import { onTicketEvent } from '@curlew/core/analytics/on-ticket-event.ts';
import type { TicketEvent, TicketFacts } from '@curlew/core/ticket';
import fc from 'fast-check';
import { expect, it } from 'vitest';

/** The contract of every store of ticket counts. `open` returns an empty store. */
export function ticketCountsContract(open: () => Promise<TicketCounts>): void {
  it('counts each ticket by its latest event, for events in any order and with repeats', async () => {
    const facts = fc.record({
      status: fc.constantFrom('NEW', 'OPEN', 'CLOSED'),
      priority: fc.constantFrom('LOW', 'HIGH'),
      deleted: fc.boolean(),
    });
    // First the histories of up to three tickets, then a delivery of all events, shuffled and with repeats.
    const deliveries = fc
      .array(fc.array(facts, { minLength: 1, maxLength: 5 }), { maxLength: 3 })
      .chain((histories) => {
        const events = histories.flatMap((history, ticket) =>
          history.map((fact, i) => ({ ticket: `t${ticket}`, sequence: i + 1, fact })),
        );
        const repeats = events.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...events), { maxLength: 6 });
        return repeats.chain((extra) =>
          fc
            .shuffledSubarray([...events, ...extra], { minLength: events.length + extra.length })
            .map((delivered) => ({ histories, delivered })),
        );
      });
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ histories, delivered }) => {
        const counts = await open();
        for (const { ticket, sequence, fact } of delivered) {
          await onTicketEvent({ counts }, eventOf(ticket, sequence, fact as Partial<TicketFacts>));
        }
        const { tickets } = await counts.read('org_a');
        const last = histories.map((history) => history.at(-1)).filter((one) => one !== undefined && !one.deleted);
        expect(tickets.total).toBe(last.length);
        for (const status of ['NEW', 'OPEN', 'CLOSED'] as const) {
          expect(tickets.byStatus[status]).toBe(last.filter((one) => one?.status === status).length);
        }
        for (const priority of ['LOW', 'HIGH'] as const) {
          expect(tickets.byPriority[priority]).toBe(last.filter((one) => one?.priority === priority).length);
        }
        expect((await counts.read('org_b')).tickets.total).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
}

function eventOf(subject: string, sequence: number, fact: Partial<TicketFacts>): TicketEvent {
  const ticket = { number: 1, type: 'INCIDENT', reporterId: 'u', assignedToId: null, version: 1, ...fact };
  return {
    id: `evt_${subject}_${sequence}`,
    type: 'ticket.updated',
    organizationId: 'org_a',
    subject,
    sequence,
    time: '2026-01-01T00:00:00.000Z',
    actorId: 'u',
    data: { ticket: ticket as TicketFacts, changes: [], changed: [] },
  };
}
