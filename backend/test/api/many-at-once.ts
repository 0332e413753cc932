import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type ApiHost, get, patch, post, put } from './host.ts';

/** The guarantees for many requests at the same time. */
export function manyAtOnce(open: () => Promise<ApiHost>): void {
  describe('many requests at once', () => {
    let host: ApiHost;
    beforeAll(async () => {
      host = await open();
    });
    afterAll(() => host.stop());

    const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();

    it('only one of twenty changes with the same If-Match succeeds', async () => {
      const { body } = await host.send(post('/tickets', { title: 'T' }));
      const writers = Array.from({ length: 20 }, (_, i) =>
        host.send(put(`/tickets/${body.id}`, { ...body, title: `W${i}` }, { 'if-match': '"v1"' })),
      );
      const answers = await Promise.all(writers);
      expect(statuses(answers)).toEqual([200, ...Array(19).fill(412)]);
      const { body: after } = await host.send(get(`/tickets/${body.id}`));
      expect(after.version).toBe(2);
      expect(after.title).toBe(answers.find(({ status }) => status === 200)?.body.title);
    });

    it('all changes without If-Match succeed, one after the other', async () => {
      const { body } = await host.send(post('/tickets', { title: 'T' }));
      const writers = Array.from({ length: 200 }, (_, i) =>
        i % 2 === 0
          ? host.send(patch(`/tickets/${body.id}`, { customFields: { [i]: i } }))
          : host.send(post(`/tickets/${body.id}/messages`, { body: `m${i}` })),
      );
      await Promise.all(writers);
      const after = await host.send(get(`/tickets/${body.id}`));
      expect(after.headers.get('etag')).toBe('"v101-d100"');
      expect(Object.keys(after.body.customFields)).toHaveLength(100);
      const sequences: number[] = [];
      let next: string | undefined = `/tickets/${body.id}/history?limit=100&sort=createdAt`;
      while (next !== undefined) {
        const page = await host.send(get(next));
        sequences.push(...page.body.map((one: { sequence: number }) => one.sequence));
        next = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
      }
      expect(sequences).toEqual(Array.from({ length: 201 }, (_, i) => i + 1));
    });

    it('ten requests with the same Idempotency-Key create one ticket', async () => {
      const same = Array.from({ length: 10 }, () =>
        host.send(post('/tickets', { title: 'Once' }, { 'idempotency-key': 'race' })),
      );
      const answers = await Promise.all(same);
      const made = answers.filter(({ status }) => status === 201);
      expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        expect(answer.body.code).toBe('idempotency_in_flight');
        expect(answer.headers.get('retry-after')).toBe('1');
      }
      const again = await host.send(post('/tickets', { title: 'Once' }, { 'idempotency-key': 'race' }));
      expect([again.status, again.body.id]).toEqual([201, made[0]?.body.id]);
    });

    it('every ticket number is used once', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => host.send(post('/tickets', { title: 'N' }))));
      expect(new Set(answers.map(({ body }) => body.number)).size).toBe(50);
    });

    it('the counts match the tickets', async () => {
      await host.settled();
      const { body } = await host.send(get('/analytics/summary'));
      let total = 0;
      let next: string | undefined = '/tickets?limit=100';
      while (next !== undefined) {
        const page = await host.send(get(next));
        total += page.body.length;
        next = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
      }
      expect(body.tickets.total).toBe(total);
      expect(body.tickets.byStatus.NEW).toBe(total);
    });
  });
}
