import { type Receipt, StaleError } from '@curlew/core/kernel';
import {
  addMessage,
  createTicket,
  deleteTicket,
  type NewTicket,
  patchTicket,
  type TicketChange,
  type TicketFilters,
  type TicketQuery,
  type TicketRow,
  type TicketStore,
} from '@curlew/core/ticket';
import { describe, expect, it } from 'vitest';
import { contextOf } from './context.ts';

export interface TicketStoreUnderTest {
  readonly tickets: TicketStore;
  receipt(key: string): Promise<Receipt | undefined>;
}

const people = {
  reporter: async () => 'usr_r',
  assignee: async (_: unknown, id: string) => id,
  author: async (_: unknown, id: string) => ({ id, role: 'customer' as const }),
  account: async (_: unknown, id: string) => ({ id }),
};

/**
 * The contract of every ticket store. `open` returns an empty store in which the organizations org_a and org_b exist.
 * `crowd` is a number of tickets, divisible by 3, that is too large for one request to read.
 */
export function ticketStoreContract(open: () => Promise<TicketStoreUnderTest>, crowd: number): void {
  const start = async () => {
    const { tickets, receipt } = await open();
    const deps = { ctx: contextOf(), tickets, people };
    const create = (input: NewTicket = {}) => createTicket(deps, { title: 'T', ...input });
    const list = (filters: TicketFilters = {}, more: Partial<TicketQuery> = {}) =>
      tickets.list('org_a', { limit: 100, sort: '-createdAt', filters, ...more });
    return { tickets, receipt, deps, create, list };
  };

  const change = (record: TicketChange['record'], more: Partial<TicketChange> = {}): TicketChange => ({
    record,
    events: [],
    ...more,
  });

  describe('find', () => {
    it('returns a saved ticket by id, number and external id', async () => {
      const { tickets, create } = await start();
      const saved = await create({
        description: 'long\ntext 👋',
        tags: ['b', 'a'],
        customFields: { deep: [{ er: null }], __proto__x: 1 },
        externalId: 'mine',
        assignedToId: 'usr_x',
      });
      for (const ref of [saved.ticket.id, saved.ticket.number, { externalId: 'mine' }]) {
        expect(await tickets.find('org_a', ref)).toEqual(saved);
      }
    });

    it('finds the longest possible external id, and refuses it to another ticket', async () => {
      const { tickets, create } = await start();
      const externalId = '👋'.repeat(255);
      const { ticket } = await create({ externalId });
      expect((await tickets.find('org_a', { externalId }))?.ticket.id).toBe(ticket.id);
      await expect(create({ externalId })).rejects.toMatchObject({ code: 'external_id_taken' });
    });

    it('finds nothing of another organization', async () => {
      const { tickets, create } = await start();
      const { ticket } = await create({ externalId: 'mine' });
      for (const ref of [ticket.id, ticket.number, { externalId: 'mine' }]) {
        expect(await tickets.find('org_b', ref)).toBeUndefined();
      }
    });
  });

  describe('nextNumber', () => {
    it('counts per organization, also for many calls at once', async () => {
      const { tickets } = await start();
      const numbers = await Promise.all(Array.from({ length: 50 }, () => tickets.nextNumber('org_a')));
      expect(new Set(numbers).size).toBe(50);
      expect(await tickets.nextNumber('org_b')).toBe(1);
    });
  });

  describe('save', () => {
    it('refuses a change based on an outdated state and writes nothing', async () => {
      const { tickets, create, receipt } = await start();
      const saved = await create();
      const late = change(
        { ...saved, ticket: { ...saved.ticket, title: 'late' } },
        { before: { ...saved, sequence: 7 }, receipt: receiptNamed('late') },
      );
      await expect(tickets.save(late)).rejects.toBeInstanceOf(StaleError);
      expect(await tickets.find('org_a', saved.ticket.id)).toEqual(saved);
      expect(await receipt('late')).toBeUndefined();
    });

    it('accepts exactly one of many changes that are based on the same state', async () => {
      const { deps, tickets, create } = await start();
      const { ticket } = await create();
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          patchTicket(deps, ticket.id, { customFields: { [`w${i}`]: i } }, undefined),
        ),
      );
      const after = await tickets.find('org_a', ticket.id);
      expect(Object.keys(after?.ticket.customFields ?? {})).toHaveLength(20);
      expect(after?.ticket.version).toBe(21);
    });

    it('names the owner of a taken external id, even a deleted ticket', async () => {
      const { deps, tickets, create } = await start();
      const first = await create({ externalId: 'x' });
      const second = await create();
      await deleteTicket(deps, first.ticket.id, undefined);
      const taken = change({ ...second, ticket: { ...second.ticket, externalId: 'x' } }, { before: second });
      await expect(tickets.save(taken)).rejects.toMatchObject({
        code: 'external_id_taken',
        details: { ticketId: first.ticket.id },
      });
    });

    it('gives an external id to only one of two tickets at once', async () => {
      const { create } = await start();
      const outcomes = await Promise.allSettled([create({ externalId: 'x' }), create({ externalId: 'x' })]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('saves a receipt together with the change', async () => {
      const { tickets, create, receipt } = await start();
      const saved = await create();
      await tickets.save(change(saved, { before: saved, receipt: receiptNamed('k') }));
      expect(await receipt('k')).toEqual(receiptNamed('k'));
    });
  });

  describe('list', () => {
    const names = (items: readonly TicketRow[]) => items.map(({ title }) => title);

    it('is empty without tickets, and has no next page', async () => {
      const { list } = await start();
      expect(await list()).toEqual({ items: [] });
    });

    it('returns rows without the long fields', async () => {
      const { create, list } = await start();
      await create({ description: '👋'.repeat(300), customFields: { a: 1 } });
      const [row] = (await list()).items;
      expect(row?.description).toBe('👋'.repeat(280));
      expect(row?.descriptionTruncated).toBe(true);
      expect(row).not.toHaveProperty('customFields');
    });

    it('returns no deleted ticket and no ticket of another organization', async () => {
      const { deps, tickets, create, list } = await start();
      const { ticket } = await create({ tags: ['t'] });
      await deleteTicket(deps, ticket.id, undefined);
      await createTicket({ ...deps, ctx: contextOf('org_b') }, { title: 'theirs', tags: ['t'] });
      expect((await list()).items).toEqual([]);
      expect((await list({ tag: ['t'] })).items).toEqual([]);
      expect((await tickets.list('org_b', { limit: 9, sort: 'updatedAt', filters: {} })).items).toHaveLength(1);
    });

    it.each(['-createdAt', 'createdAt'] as const)(
      'returns every ticket once by %s while others are created',
      async (sort) => {
        const { create, list } = await start();
        for (let i = 0; i < 25; i++) await create({ title: `t${i}` });
        const seen: string[] = [];
        let after: TicketQuery['after'];
        do {
          const page = await list({}, { limit: 4, sort, ...(after === undefined ? {} : { after }) });
          seen.push(...names(page.items));
          after = page.next;
          if (seen.length < 60) await create({ title: 'later' });
        } while (after !== undefined && seen.length < 100);
        const original = seen.filter((title) => title !== 'later');
        const expected = Array.from({ length: 25 }, (_, i) => `t${i}`);
        expect(original).toEqual(sort === 'createdAt' ? expected : expected.reverse());
        if (sort === '-createdAt') expect(seen).toHaveLength(25);
      },
    );

    it('misses no change by updatedAt if changes and page requests interleave', async () => {
      const { deps, create, list } = await start();
      const created = [];
      for (let i = 0; i < 10; i++) created.push(await create({ title: `t${i}` }));
      const versions = new Map<string, number>();
      let after: TicketQuery['after'];
      const follow = async () => {
        for (;;) {
          const page = await list({}, { limit: 3, sort: 'updatedAt', ...(after === undefined ? {} : { after }) });
          for (const row of page.items) versions.set(row.id, row.version);
          if (page.next === undefined) return;
          after = page.next;
        }
      };
      for (let round = 0; round < 8; round++) {
        const changes = created.map(({ ticket }, i) =>
          i % 3 === round % 3 ? patchTicket(deps, ticket.id, { title: `r${round}` }, undefined) : undefined,
        );
        await Promise.all([follow(), ...changes]);
      }
      await follow();
      for (const { ticket } of created) {
        const stored = await deps.tickets.find('org_a', ticket.id);
        expect(versions.get(ticket.id)).toBe(stored?.ticket.version);
      }
    });

    it('misses no change if a filter makes a page empty', async () => {
      const { create, list } = await start();
      const many = Array.from({ length: crowd / 3 }, (_, i) => ({ title: `t${i}` }));
      while (many.length > 0) await Promise.all(many.splice(0, 50).map(create));
      const versions = new Set<string>();
      let after: TicketQuery['after'];
      const filters: TicketFilters = { type: ['QUESTION'] };
      for (let round = 0; round < 5; round++) {
        const adding = create({ title: `q${round}`, type: 'QUESTION' });
        const page = await list(filters, { sort: 'updatedAt', limit: 2, ...(after === undefined ? {} : { after }) });
        for (const { title } of page.items) versions.add(title);
        after = page.next ?? after;
        await adding;
      }
      for (;;) {
        const page = await list(filters, { sort: 'updatedAt', limit: 2, ...(after === undefined ? {} : { after }) });
        for (const { title } of page.items) versions.add(title);
        if (page.next === undefined) break;
        after = page.next;
      }
      expect([...versions].sort()).toEqual(['q0', 'q1', 'q2', 'q3', 'q4']);
    }, 120_000);

    it('combines the values of a filter with or, and several filters with and', async () => {
      const { create, list } = await start();
      await create({ title: 'a', status: 'OPEN', priority: 'HIGH', type: 'QUESTION', tags: ['x', 'y'] });
      await create({ title: 'b', status: 'OPEN', priority: 'LOW', assignedToId: 'usr_x', tags: ['y'] });
      await create({ title: 'c', status: 'CLOSED', priority: 'HIGH', assignedToId: 'usr_y' });
      const cases: [TicketFilters, string[]][] = [
        [{ status: ['OPEN'] }, ['b', 'a']],
        [{ status: ['CLOSED', 'OPEN'] }, ['c', 'b', 'a']],
        [{ priority: ['HIGH'] }, ['c', 'a']],
        [{ type: ['QUESTION', 'SERVICE_REQUEST'] }, ['a']],
        [{ assignedToId: ['usr_x', 'usr_y'] }, ['c', 'b']],
        [{ reporterId: ['usr_r'] }, ['c', 'b', 'a']],
        [{ reporterId: ['nobody'] }, []],
        [{ tag: ['x', 'y'] }, ['b', 'a']],
        [{ tag: ['x'], status: ['OPEN'], priority: ['HIGH', 'LOW'] }, ['a']],
        [{ status: ['OPEN'], priority: ['HIGH'] }, ['a']],
        [{ assignedToId: ['usr_x'], tag: ['x'] }, []],
        [{ sentiment: ['NEGATIVE'] }, []],
      ];
      for (const [filters, expected] of cases) {
        for (const sort of ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt'] as const) {
          const found = names((await list(filters, { sort })).items);
          expect([filters, sort, found]).toEqual([
            filters,
            sort,
            sort.startsWith('-') ? expected : expected.toReversed(),
          ]);
        }
      }
    });

    it('starts at updatedSince', async () => {
      const { deps, create, list } = await start();
      const old = await create({ title: 'old' });
      const touched = await create({ title: 'touched' });
      while (deps.ctx.now() <= touched.ticket.updatedAt);
      const { ticket } = await patchTicket(deps, touched.ticket.id, { priority: 'LOW' }, undefined);
      for (const sort of ['-createdAt', 'updatedAt'] as const) {
        expect(names((await list({ updatedSince: ticket.updatedAt }, { sort })).items)).toEqual(['touched']);
        expect((await list({ updatedSince: old.ticket.updatedAt }, { sort })).items).toHaveLength(2);
      }
    });

    it('reads a bounded number: with a selective filter pages can be short, but all of them find every ticket', async () => {
      const { create, list } = await start();
      const many = Array.from({ length: crowd }, (_, i) => ({
        title: `t${i}`,
        status: 'OPEN' as const,
        priority: i % (crowd / 3) === 0 ? ('CRITICAL' as const) : ('LOW' as const),
        tags: i % 2 === 0 ? ['even'] : ['even', 'odd'],
      }));
      while (many.length > 0) await Promise.all(many.splice(0, 50).map(create));
      for (const sort of ['-createdAt', 'updatedAt'] as const) {
        for (const filters of [
          { status: ['OPEN', 'NEW'], priority: ['CRITICAL'] },
          { tag: ['even', 'odd'], priority: ['CRITICAL'] },
        ] satisfies TicketFilters[]) {
          const seen: string[] = [];
          let after: TicketQuery['after'];
          let pages = 0;
          do {
            const page = await list(filters, { limit: 2, sort, ...(after === undefined ? {} : { after }) });
            seen.push(...names(page.items));
            after = page.next;
          } while (after !== undefined && ++pages < 50);
          expect(seen.sort()).toEqual(['t0', `t${crowd / 3}`, `t${(2 * crowd) / 3}`].sort());
        }
      }
      // Reads the index of priorities, which has few entries, and not the one of statuses.
      const rare = await list({ status: ['OPEN', 'NEW'], priority: ['CRITICAL'] }, { limit: 3 });
      expect([rare.items.length, rare.next]).toEqual([3, undefined]);
      // A request that has found nothing reads on.
      for (const filters of [
        { tag: ['none'] },
        { type: ['QUESTION'], tag: ['even', 'odd'] },
      ] satisfies TicketFilters[]) {
        expect(await list(filters)).toEqual({ items: [] });
      }
    });
  });

  describe('messages and history', () => {
    it('are returned in order, page by page', async () => {
      const { deps, tickets, create } = await start();
      const { ticket } = await create();
      for (let i = 0; i < 5; i++) await addMessage(deps, ticket.id, { body: `m${i}` });
      const first = await tickets.listMessages('org_a', ticket.id, { limit: 3, sort: 'createdAt' });
      expect(first.items.map(({ body }) => body)).toEqual(['m0', 'm1', 'm2']);
      const second = await tickets.listMessages('org_a', ticket.id, {
        limit: 3,
        sort: 'createdAt',
        ...(first.next === undefined ? {} : { after: first.next }),
      });
      expect(second.items.map(({ body }) => body)).toEqual(['m3', 'm4']);
      expect(second.next).toBeUndefined();
      const history = await tickets.listHistory('org_a', ticket.id, { limit: 9, sort: '-createdAt' });
      expect(history.items.map(({ sequence }) => sequence)).toEqual([6, 5, 4, 3, 2, 1]);
    });

    it('are not returned to another organization', async () => {
      const { deps, tickets, create } = await start();
      const { ticket } = await create();
      const { id } = await addMessage(deps, ticket.id, { body: 'secret' });
      const page = { limit: 9, sort: 'createdAt' } as const;
      expect(await tickets.findMessage('org_b', ticket.id, id)).toBeUndefined();
      expect((await tickets.listMessages('org_b', ticket.id, page)).items).toEqual([]);
      expect((await tickets.listHistory('org_b', ticket.id, page)).items).toEqual([]);
    });

    it('keep written texts in the history but not in events', async () => {
      const { deps, tickets, create } = await start();
      const { ticket } = await create({ description: 'before' });
      await patchTicket(deps, ticket.id, { description: 'after', priority: 'LOW' }, undefined);
      const { items } = await tickets.listHistory('org_a', ticket.id, { limit: 1, sort: '-createdAt' });
      expect(items[0]?.changes).toEqual([
        { field: 'priority', from: 'MEDIUM', to: 'LOW' },
        { field: 'description', from: 'before', to: 'after' },
      ]);
    });
  });
}

function receiptNamed(key: string): Receipt {
  return {
    key,
    fingerprint: 'f',
    status: 201,
    headers: { etag: '"v1"' },
    body: '{"a":1}',
    expiresAt: '2999-01-01T00:00:00.000Z',
  };
}
