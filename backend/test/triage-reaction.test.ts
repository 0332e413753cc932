import type { AnyEvent } from '@curlew/core/kernel';
import { CurlewError, keyedMutex } from '@curlew/core/kernel';
import {
  addMessage,
  createTicket,
  deleteTicket,
  exportPerson,
  listTickets,
  patchTicket,
  readTicket,
  restoreTicket,
  type Ticket,
  type TicketDeps,
  type TicketEvent,
} from '@curlew/core/ticket';
import { triageOnEvent } from '@curlew/core/ticket/triage/on-ticket-event.ts';
import {
  DEFAULT_TRIAGE_SETTINGS,
  type Lesson,
  type Proposal,
  TRIAGE_ACTOR,
  type TriageSettings,
  triageBrief,
} from '@curlew/core/triage';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createFirstOrganization,
  openDatabase,
  sqliteAuditLog,
  sqliteTicketStore,
  sqliteUserStore,
} from '../src/adapters/sqlite/index.ts';
import { peoplePort } from '../src/hosts/people.ts';
import { triageContext } from '../src/hosts/triage-context.ts';
import { clock, contextOf, newId } from './context.ts';
import { triageOf } from './triage.ts';

const ORGANIZATION = { id: 'org_a', name: 'A', adminId: 'usr_admin' };
const URGENT: Proposal = { field: 'priority', value: 'HIGH', confidence: 0.9, evidence: [] };
const SORTED: Proposal = { field: 'category', value: 'billing', confidence: 0.9, evidence: [] };

let settings: TriageSettings;
let analysedTexts: string[];
let lessons: Lesson[];
let fails: boolean;
/** Runs while a text is analysed. */
let meanwhile: () => Promise<void>;

const triager = {
  async assess(_: string, text: string) {
    analysedTexts.push(text);
    await meanwhile();
    if (fails) throw new CurlewError('unavailable', 'Not now.');
    const { analyzedAt: _at, latestMessage: _latest, suggestions: _suggestions, ...analysis } = triageOf();
    const isGood = text.includes('thank');
    const label = isGood ? ('POSITIVE' as const) : ('NEGATIVE' as const);
    return {
      analysis: { ...analysis, sentiment: { ...analysis.sentiment, label } },
      proposals: isGood ? [] : [URGENT, SORTED],
    };
  },
  async teach(_: string, lesson: Lesson) {
    lessons.push(lesson);
  },
};

async function desk() {
  const database = openDatabase(':memory:');
  await createFirstOrganization(database, ORGANIZATION, clock.iso());
  const tickets = sqliteTicketStore(database);
  const runExclusive = keyedMutex();
  const runtime = { now: clock.iso, wallNow: clock.iso, newId, runExclusive, pause: async () => {} };
  const deps: TicketDeps = {
    ctx: { ...contextOf(), runExclusive },
    tickets,
    people: peoplePort(sqliteUserStore(database)),
  };
  const reaction = { tickets, triager, settings: async () => settings, contextFor: triageContext(runtime) };
  return {
    deps,
    audit: sqliteAuditLog(database),
    events: () => database.db.prepare('SELECT * FROM events ORDER BY position').all().map(eventOf),
    react: (event: AnyEvent) => triageOnEvent(reaction, event as TicketEvent),
  };
}

function eventOf(row: Record<string, unknown>): AnyEvent {
  const { id, type, organization_id: organizationId, subject, sequence, time, actor_id: actorId } = row;
  return { id, type, organizationId, subject, sequence, time, actorId, data: JSON.parse(String(row.data)) } as AnyEvent;
}

beforeEach(() => {
  settings = DEFAULT_TRIAGE_SETTINGS;
  analysedTexts = [];
  lessons = [];
  fails = false;
  meanwhile = async () => {};
});

const opened = { title: 'Charged twice', description: 'Help', email: 'joy@example.com' };

describe('triage', () => {
  it('OK: a new ticket is analysed once, even if its event is delivered again', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    const [created] = events().filter(({ type }) => type === 'ticket.created') as [AnyEvent];
    await Promise.all([react(created), react(created)]);
    await react(created);
    const after = await readTicket(deps, ticket.id);
    expect([after.ticket.version, after.derived]).toEqual([1, 1]);
    expect(after.ticket.triage).toMatchObject({ sentiment: { label: 'NEGATIVE' }, category: { name: 'billing' } });
    expect(analysedTexts[0]).toBe('Charged twice\n\nHelp');
    expect(events().filter(({ type }) => type === 'ticket.triaged')).toHaveLength(1);
    expect(events().at(-1)).toMatchObject({ actorId: TRIAGE_ACTOR });
  });

  it('OK: events contain no text', async () => {
    const { deps, events, react } = await desk();
    await createTicket(deps, opened);
    for (const event of events()) if (event.type.startsWith('ticket')) await react(event);
    expect(JSON.stringify(events().map(({ data }) => data))).not.toMatch(/Charged|Help|subscription/);
  });

  it('OK: replies of the customer are analysed, other replies are not', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    await addMessage(deps, ticket.id, { body: 'We look into it' });
    await addMessage(deps, ticket.id, { body: 'Mind the customer', kind: 'note', authorId: ticket.reporterId });
    await addMessage(deps, ticket.id, { body: 'thank you', authorId: ticket.reporterId });
    for (const event of events()) if (event.type !== 'user.created') await react(event);
    expect(analysedTexts).toEqual(['Charged twice\n\nHelp', 'thank you']);
    const { triage } = (await readTicket(deps, ticket.id)).ticket;
    expect(triage?.sentiment.label).toBe('NEGATIVE');
    expect(triage && triageBrief(triage)).toEqual({ sentiment: 'POSITIVE', urgency: 'HIGH' });
  });

  it('OK: the latest reply counts, for any order of events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), fc.nat(3), async (order, again) => {
        const { deps, events, react } = await desk();
        const { ticket } = await createTicket(deps, opened);
        for (const body of ['first', 'second', 'thank you']) {
          await addMessage(deps, ticket.id, { body, authorId: ticket.reporterId });
        }
        const all = events().filter(({ type }) => type === 'ticket.created' || type === 'message.added');
        for (const index of [...order, again]) await react(all[index] as AnyEvent);
        const { triage } = (await readTicket(deps, ticket.id)).ticket;
        expect(triage?.latestMessage?.sentiment.label).toBe('POSITIVE');
        expect(triage?.category.name).toBe('billing');
      }),
      { numRuns: 30 },
    );
  });

  it('OK: a changed text is analysed again, other changes are ignored', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    await patchTicket(deps, ticket.id, { description: 'thank you' }, undefined);
    await patchTicket(deps, ticket.id, { priority: 'LOW', customFields: { floor: 1 } }, undefined);
    const updates = events().filter(({ type }) => type === 'ticket.updated');
    for (const event of updates) await react(event);
    expect(analysedTexts).toEqual(['Charged twice\n\nthank you']);
  });

  it('OK: a text that changes during its analysis is analysed again', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    const [created] = events().filter(({ type }) => type === 'ticket.created') as [AnyEvent];
    meanwhile = async () => {
      meanwhile = async () => {};
      await patchTicket(deps, ticket.id, { title: 'thank you' }, undefined);
    };
    await react(created);
    expect((await readTicket(deps, ticket.id)).ticket.triage?.sentiment.label).toBe('POSITIVE');
    expect(analysedTexts).toHaveLength(2);
  });

  it('OK: a deleted ticket is not analysed', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    await deleteTicket(deps, ticket.id, undefined);
    const before = events().length;
    for (const event of events()) if (event.type.startsWith('ticket')) await react(event);
    expect(events()).toHaveLength(before);
  });

  it('OK: a restored ticket is analysed', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    await deleteTicket(deps, ticket.id, undefined);
    for (const event of events()) if (event.type.startsWith('ticket')) await react(event);
    await restoreTicket(deps, ticket.id);
    await react(events().at(-1) as AnyEvent);
    expect((await readTicket(deps, ticket.id)).ticket.triage).not.toBeNull();
  });

  it('OK: a ticket from before triage is analysed with the latest reply of its reporter', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    await addMessage(deps, ticket.id, { body: 'thank you', authorId: ticket.reporterId });
    await react(events().find(({ type }) => type === 'ticket.created') as AnyEvent);
    expect((await readTicket(deps, ticket.id)).ticket.triage?.latestMessage?.sentiment.label).toBe('POSITIVE');
  });

  it('OK: customers see no triage in a ticket, in lists or in their export', async () => {
    const { deps, events, react, audit } = await desk();
    const { ticket } = await createTicket(deps, opened);
    await react(events().find(({ type }) => type === 'ticket.created') as AnyEvent);
    const customer: TicketDeps = {
      ...deps,
      ctx: {
        ...deps.ctx,
        actor: { organizationId: ORGANIZATION.id, userId: ticket.reporterId, role: 'customer' },
      },
    };
    const page = { limit: 10, sort: '-createdAt', filters: {} } as const;
    const seen = [
      await readTicket(customer, ticket.id),
      await listTickets(customer, page),
      await exportPerson({ ...customer, audit }, ticket.reporterId, page),
      await patchTicket(customer, ticket.id, { description: 'Help, please' }, undefined),
    ];
    for (const one of seen) expect(JSON.stringify(one)).not.toMatch(/sentiment|suggestions/);
    await expect(listTickets(customer, { ...page, filters: { sentiment: ['NEGATIVE'] } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await readTicket(deps, ticket.id)).ticket.triage).not.toBeNull();
  });

  it('fails and changes nothing if texts cannot be analysed', async () => {
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    const [created] = events().filter(({ type }) => type === 'ticket.created') as [AnyEvent];
    fails = true;
    await expect(react(created)).rejects.toThrow('Not now.');
    expect((await readTicket(deps, ticket.id)).ticket.triage).toBeNull();
    fails = false;
    await react(created);
    expect((await readTicket(deps, ticket.id)).ticket.triage).not.toBeNull();
  });
});

describe('automatic changes', () => {
  const created = (events: AnyEvent[]) => events.find(({ type }) => type === 'ticket.created') as AnyEvent;

  it('OK: sets the fields that the organization allows, under its own name, once', async () => {
    settings = { ...DEFAULT_TRIAGE_SETTINGS, priority: 'apply' };
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    await react(created(events()));
    await react(created(events()));
    const after = (await readTicket(deps, ticket.id)).ticket as Ticket & { triage: object };
    expect([after.priority, after.version, after.tags]).toEqual(['HIGH', 2, []]);
    const [last] = events().filter(({ type }) => type === 'ticket.updated');
    expect(last).toMatchObject({ actorId: TRIAGE_ACTOR, data: { changes: [{ from: 'MEDIUM', to: 'HIGH' }] } });
  });

  it('OK: never overwrites a decision of a person', async () => {
    settings = { ...DEFAULT_TRIAGE_SETTINGS, priority: 'apply' };
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    meanwhile = async () => {
      await patchTicket(deps, ticket.id, { priority: 'LOW' }, undefined);
    };
    await react(created(events()));
    expect((await readTicket(deps, ticket.id)).ticket.priority).toBe('LOW');
  });

  it('OK: never overwrites a priority that was given at creation', async () => {
    settings = { ...DEFAULT_TRIAGE_SETTINGS, priority: 'apply' };
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, { ...opened, priority: 'LOW' });
    await react(created(events()));
    expect((await readTicket(deps, ticket.id)).ticket.priority).toBe('LOW');
  });
});

describe('learning', () => {
  it('OK: learns from the tags that people set, not from its own', async () => {
    settings = { ...DEFAULT_TRIAGE_SETTINGS, category: 'apply' };
    const { deps, events, react } = await desk();
    const { ticket } = await createTicket(deps, opened);
    for (const event of events()) if (event.type.startsWith('ticket')) await react(event);
    const { tags } = (await readTicket(deps, ticket.id)).ticket;
    expect(tags).toEqual(['category:billing']);
    for (const event of events()) if (event.type === 'ticket.updated') await react(event);
    expect(lessons).toEqual([]);
    await patchTicket(deps, ticket.id, { tags: ['category:refund', 'vip'] }, undefined);
    await react(events().at(-1) as AnyEvent);
    expect(lessons).toEqual([
      { ticketId: ticket.id, text: 'Charged twice\n\nHelp', category: 'refund', tags: ['vip'] },
    ]);
  });
});
