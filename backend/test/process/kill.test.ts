import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { get, patch, post } from '../api/host.ts';
import { sendTo } from '../api/local-host.ts';
import { startServer } from './server-process.ts';

// Enough to interrupt every stage of a write; the longer checks of the project use many more.
const KILLS = Number(process.env.CURLEW_TEST_KILLS ?? 5);
const WRITERS = 8;
// The most tickets that a server acknowledges before it is killed. Not a time, because a slow machine takes longer.
const MOST_BEFORE_KILL = 100;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Acknowledged {
  readonly id: string;
  readonly title: string;
  messages: number;
  changed: boolean;
}

interface Writes {
  readonly done: Acknowledged[];
  readonly uncertain: Set<string>;
  /** Called for each acknowledged ticket. */
  acknowledged(): void;
}

/** Writes until the server is killed, and records the acknowledged tickets. */
async function write(url: string, name: string, { done, uncertain, acknowledged }: Writes): Promise<void> {
  try {
    for (let i = 0; ; i++) {
      const title = `${name}-${i}`;
      uncertain.add(title);
      const created = await sendTo(url, post('/tickets', { title, externalId: title }, { 'idempotency-key': title }));
      if (created.status !== 201) throw new Error(created.text);
      const ticket: Acknowledged = { id: created.body.id, title, messages: 0, changed: false };
      done.push(ticket);
      uncertain.delete(title);
      acknowledged();
      const replied = await sendTo(url, post(`/tickets/${ticket.id}/messages`, { body: 'm' }));
      if (replied.status === 201) ticket.messages = 1;
      const changed = await sendTo(url, patch(`/tickets/${ticket.id}`, { priority: 'HIGH' }));
      ticket.changed = changed.status === 200;
    }
  } catch (error) {
    if (!/ECONNRESET|ECONNREFUSED|socket hang up|EPIPE/.test(String(error))) throw error;
  }
}

it(`loses no acknowledged ticket and duplicates none over ${KILLS} kills`, {
  timeout: 180_000 + KILLS * 60_000,
}, async () => {
  const env = { CURLEW_DATA_DIR: folder };
  const done: Acknowledged[] = [];
  const uncertain = new Set<string>();
  for (let round = 0; round < KILLS; round++) {
    const server = startServer(env);
    const url = await server.url;
    const kill = () => server.child.kill('SIGKILL');
    const enough = done.length + WRITERS + 1 + Math.floor(Math.random() * (MOST_BEFORE_KILL - WRITERS));
    // Kills a moment later, to interrupt the following writes at any stage.
    const acknowledged = () => void (done.length === enough && setTimeout(kill, Math.random() * 10));
    const writers = Array.from({ length: WRITERS }, (_, i) =>
      write(url, `r${round}w${i}`, { done, uncertain, acknowledged }),
    );
    await Promise.all(writers);
    expect(await server.exit).toMatchObject({ signal: 'SIGKILL' });
  }
  expect(done.length).toBeGreaterThan(KILLS * WRITERS);

  const server = startServer(env);
  const url = await server.url;
  for (const ticket of done) {
    const found = await sendTo(url, get(`/tickets/${ticket.id}`));
    expect([found.status, found.body.title]).toEqual([200, ticket.title]);
    if (ticket.changed) expect(found.body.priority).toBe('HIGH');
    // A repeated request finds its receipt, because the ticket and the receipt were written together.
    const again = await sendTo(
      url,
      post('/tickets', { title: ticket.title, externalId: ticket.title }, { 'idempotency-key': ticket.title }),
    );
    expect([again.headers.get('idempotent-replayed'), again.body.id]).toEqual(['true', ticket.id]);
    const messages = await sendTo(url, get(`/tickets/${ticket.id}/messages`));
    expect(messages.body.length).toBeGreaterThanOrEqual(ticket.messages);
  }
  // An interrupted write is stored completely or not at all, so the repeated request succeeds in both cases.
  for (const title of uncertain) {
    const again = await sendTo(url, post('/tickets', { title, externalId: title }, { 'idempotency-key': title }));
    expect(again.status).toBe(201);
  }
  await expect
    .poll(async () => (await sendTo(url, get('/analytics/summary'))).body.tickets.total)
    .toBe(done.length + uncertain.size);
  server.child.kill('SIGTERM');
  expect((await server.exit).code).toBe(0);

  const database = new DatabaseSync(join(folder, 'curlew.db'));
  const count = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  expect(count('SELECT count(*) FROM tickets')).toBe(done.length + uncertain.size);
  expect(count("SELECT count(*) FROM events WHERE type = 'ticket.created'")).toBe(done.length + uncertain.size);
  expect(count("SELECT count(*) FROM events WHERE type = 'message.added'")).toBe(
    count('SELECT count(*) FROM messages'),
  );
  // The sequences of the events have no gap, up to the ticket's sequence.
  expect(
    count(`SELECT count(*) FROM tickets t WHERE sequence <> (
      SELECT count(*) FROM events e WHERE e.organization_id = t.organization_id AND e.service = 'ticket' AND e.subject = t.id)`),
  ).toBe(0);
  expect(count('SELECT count(*) FROM deliveries')).toBe(0);
  database.close();
});
