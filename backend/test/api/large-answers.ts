import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type ApiHost, get, patch, post } from './host.ts';

// Takes four bytes in the response of a Lambda function, where the JSON body is a JSON string.
const QUOTES = '"'.repeat(20_000);

/** The pages of lists whose items together are larger than a Lambda function may return. */
export function largeAnswers(open: () => Promise<ApiHost>): void {
  describe('pages of large items', () => {
    let host: ApiHost;
    let ticket: string;
    beforeAll(async () => {
      host = await open();
      ticket = (await host.send(post('/tickets', { description: QUOTES, reporterId: 'quoter' }))).body.id;
      await many(90, () => post(`/tickets/${ticket}/messages`, { body: QUOTES, authorId: 'quoter' }));
      await many(45, (i) => patch(`/tickets/${ticket}`, { description: i % 2 ? QUOTES : `${i}${QUOTES.slice(9)}` }));
      await many(90, () => post('/tasks', { title: 'T', description: QUOTES }));
    }, 60_000);
    afterAll(() => host.stop());

    async function many(count: number, requestOf: (i: number) => Parameters<ApiHost['send']>[0]): Promise<void> {
      for (let i = 0; i < count; i++) expect((await host.send(requestOf(i))).status).toBeLessThan(300);
    }

    async function pagesOf(path: string): Promise<Answer[]> {
      const pages: Answer[] = [];
      let next: string | undefined = path;
      while (next !== undefined) {
        const page = await host.send(get(next));
        expect([next, page.status]).toEqual([next, 200]);
        pages.push(page);
        next = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
      }
      return pages;
    }

    it.each([
      ['messages', () => `/tickets/${ticket}/messages?limit=100&sort=createdAt`, 90],
      ['messages, newest first', () => `/tickets/${ticket}/messages?limit=100`, 90],
      ['tasks', () => '/tasks?limit=100', 90],
      ['open tasks', () => '/tasks?limit=100&done=false', 90],
      ['history', () => `/tickets/${ticket}/history?limit=100`, 136],
    ])('OK: %s end early, and the next page goes on', async (_, path, count) => {
      const pages = await pagesOf(path());
      expect(pages.length).toBeGreaterThan(1);
      const ids = pages.flatMap(({ body }) => body.map(({ id }: { id: string }) => id));
      expect([ids.length, new Set(ids).size]).toEqual([count, count]);
    });

    it('OK: the export of a person has all replies of a ticket', async () => {
      const pages = await pagesOf('/users/quoter/export?limit=100');
      expect(pages.length).toBeGreaterThan(1);
      const items = pages.flatMap(({ body }) => body);
      expect(items.map((item) => [item.ticket?.id, item.messagesTruncated])).toEqual([
        [undefined, undefined],
        [ticket, true],
        ...Array(items.length - 3).fill([undefined, true]),
        [undefined, false],
      ]);
      const replies = items.flatMap(({ messages = [] }) => messages.map(({ id }: { id: string }) => id));
      const all = (await pagesOf(`/tickets/${ticket}/messages?limit=100&sort=createdAt`)).flatMap(({ body }) => body);
      expect(replies).toEqual(all.map(({ id }) => id));
    });
  });
}
