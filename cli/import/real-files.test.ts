import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listed, type RunningServer, runImport, startServer } from './test-server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = resolve(ROOT, process.env.CURLEW_DATA_SETS || '../shared/data', 'tickets');
const TIMEOUT_MILLISECONDS = 600_000;
const TICKETS = 4000;

const absent = !existsSync(FOLDER);
const name = absent ? `the real tickets (skipped: the data is absent, there is no ${FOLDER})` : 'the real tickets';

interface Conversation {
  readonly externalId: string;
  readonly description: string;
  readonly messages: readonly string[];
}

describe.skipIf(absent)(name, () => {
  let dataDir: string;
  let server: RunningServer;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'curlew-real-'));
    server = await startServer(dataDir);
  });
  afterEach(async () => {
    await server.kill();
    rmSync(dataDir, { recursive: true });
  });
  const load = async (file: string) => {
    const { code, report } = await runImport([join(FOLDER, file), '--url', server.url]);
    console.log(`${file}: ${report.seconds} s`);
    return { code, report };
  };

  test('imports support-tickets.csv completely, once', { timeout: TIMEOUT_MILLISECONDS }, async () => {
    expect(await load('support-tickets.csv')).toMatchObject({
      code: 0,
      report: { rows: TICKETS, tickets: { created: TICKETS, existing: 0 }, rejected: [] },
    });
    expect(await load('support-tickets.csv')).toMatchObject({
      code: 0,
      report: { rows: TICKETS, tickets: { created: 0, existing: TICKETS }, rejected: [] },
    });
    expect(await listed(server.url, 'v1/tickets')).toHaveLength(TICKETS);
  });

  test('imports support-conversations.ndjson completely except empty messages, once', {
    timeout: TIMEOUT_MILLISECONDS,
  }, async () => {
    const conversations = readFileSync(join(FOLDER, 'support-conversations.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): Conversation => JSON.parse(line));
    const said = new Map(
      conversations.map(({ externalId, messages }) => [externalId, messages.filter((text) => text.trim() !== '')]),
    );
    const messages = [...said.values()].flat().length;
    const withEmptyOnes = conversations.filter(
      ({ externalId, messages }) => messages.length > (said.get(externalId)?.length ?? 0),
    );

    const first = await load('support-conversations.ndjson');
    expect(first).toMatchObject({
      code: 1,
      report: {
        rows: TICKETS,
        tickets: { created: TICKETS, existing: 0 },
        messages: { created: messages, existing: 0 },
      },
    });
    const rejected = first.report.rejected.map(({ externalId }: { externalId: string }) => externalId);
    expect(rejected).toEqual(withEmptyOnes.map(({ externalId }) => externalId));

    const second = await load('support-conversations.ndjson');
    expect(second).toMatchObject({
      code: 1,
      report: { tickets: { created: 0, existing: TICKETS }, messages: { created: 0, existing: messages } },
    });
    expect(second.report.rejected).toEqual(first.report.rejected);

    const tickets = await listed<{ id: string; externalId: string }>(server.url, 'v1/tickets');
    expect(tickets).toHaveLength(TICKETS);
    for (const { id, externalId } of tickets) {
      const stored = await listed<{ body: string }>(server.url, `v1/tickets/${id}/messages?sort=createdAt`);
      expect(
        stored.map(({ body }) => body),
        externalId,
      ).toEqual(said.get(externalId));
    }
  });
});
