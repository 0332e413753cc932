import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import type { Clock } from '@curlew/core/kernel';
import { type Database, openDatabase, sqliteApiKeyStore, sqliteUserStore } from '../../src/adapters/sqlite/index.ts';
import { adminKey } from '../../src/hosts/admin-key.ts';
import { listen } from '../../src/hosts/local/server.ts';
import { keysInMemory, type SignInSetup } from '../../src/hosts/local/sign-in.ts';
import { wire } from '../../src/hosts/local/wire.ts';
import type { RateLimits } from '../../src/http/rate-limit.ts';
import type { ClosedHost } from './callers.ts';
import { checkAnswer } from './contract-check.ts';
import type { Answer, ApiHost, Sent } from './host.ts';

/** The local host in this process, with an in-memory database and real connections; by default in open mode. */
export async function localHost(
  options: {
    limits?: RateLimits;
    proxies?: number;
    auth?: 'open' | SignInSetup;
    clock?: Clock;
    database?: Database;
    /** Triages tickets automatically; by default only on request. */
    automaticTriage?: boolean;
  } = {},
): Promise<ApiHost & { url: string }> {
  const { database = openDatabase(':memory:') } = options;
  const failures: unknown[] = [];
  const curlew = await wire(database, {
    auth: options.auth ?? 'open',
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    limits: options.limits,
    triage: { automatic: options.automaticTriage ?? false, folder: join(tmpdir(), randomUUID()) },
    ...(options.proxies === undefined ? {} : { proxies: options.proxies }),
    log(entry) {
      if (entry.level === 'error') failures.push(entry);
    },
  });
  const server = await listen(curlew.app, '127.0.0.1', 0);
  return {
    url: server.url,
    async send(request) {
      const answer = await sendTo(server.url, request);
      checkAnswer(request, answer);
      return answer;
    },
    async eventTypes() {
      return database.db
        .prepare('SELECT type FROM events ORDER BY position')
        .all()
        .map((row) => String(row.type));
    },
    settled: () => curlew.bus.idle(),
    async stop() {
      await server.close(1000);
      await curlew.stop();
      if (failures.length > 0) throw new Error(`The server logged errors: ${JSON.stringify(failures)}`);
    },
  };
}

/** The same with required authentication. */
export async function closedLocalHost(): Promise<ClosedHost> {
  const database = openDatabase(':memory:');
  const admin = { email: 'operator@example.com', password: 'the first admin’s' };
  const host = await localHost({ database, auth: { url: undefined, keys: await keysInMemory(), admin } });
  const stores = { keys: sqliteApiKeyStore(database), users: sqliteUserStore(database) };
  const keyFor = (organizationId: string, userId: string) =>
    adminKey(stores, { organizationId, userId, name: 'Everything' });
  return { ...host, keyFor, adminKey: await keyFor('default', 'usr_admin') };
}

const agent = new Agent({ keepAlive: true });

/** Sends a request unchanged. Unlike fetch, it lets the test set headers such as Host. */
export async function sendTo(url: string, { method, path, headers = {}, body }: Sent): Promise<Answer> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const payload = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(payload) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = request(url + path, { method, agent, headers: { ...json, ...length, ...headers } }, resolve);
    sending.on('error', reject);
    sending.end(payload);
  });
  const answered = new Headers();
  for (const [name, value] of Object.entries(response.headers)) answered.set(name, String(value));
  const text = await textOf(response);
  const isJson = /^application\/(\w+\+)?json/.test(answered.get('content-type') ?? '');
  return {
    status: response.statusCode ?? 0,
    headers: answered,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
}
