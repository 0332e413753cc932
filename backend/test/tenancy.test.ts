import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../src/adapters/sqlite/index.ts';
import { ROUTES as CONTRACT } from '../src/contract/openapi/routes.ts';
import { by, type ClosedHost } from './api/callers.ts';
import { type Answer, patch, post, type Sent } from './api/host.ts';
import { closedLambdaHost } from './api/lambda-host.ts';
import { closedLocalHost, localHost } from './api/local-host.ts';
import { REQUESTS, SIGN_IN, type Things } from './api/requests.ts';
import { describeOnDynamoDb } from './dynamodb.ts';

describe('SQL', () => {
  /** The statements that read all organizations, and the reasons why they reveal no data. */
  const EVERYWHERE = [
    // The outbox delivers the events of all organizations in commit order.
    /^SELECT [\w, ]+ FROM events WHERE position > /,
    /^SELECT owner, d\.position, [\w, ]+ FROM \( SELECT min\(position\) AS position FROM deliveries WHERE owner = /,
    // Timers of all organizations run in the order of their instants, and callers cannot name a timer's id.
    /^SELECT [\w, ]+ FROM timers WHERE due_at (<=|>) \? ORDER BY due_at/,
    /^SELECT [\w, ]+ FROM timers WHERE due_at IS NULL/,
    /^(DELETE FROM|UPDATE) timers .*WHERE (id = \?|due_at IS NULL)/,
    // The clock continues from the latest event.
    /^SELECT time FROM events ORDER BY position DESC/,
    // A user may sign in without the name of the organization.
    /^SELECT .* FROM users .*address = \?/,
    // Expired rows of all organizations are removed together.
    /^DELETE FROM (\w+) WHERE \((organization_id, [\w, ]+)\) IN \(SELECT \2 FROM \1 WHERE expires_at <= \?/,
  ];

  it('always names the organization in statements on tables with its data', async () => {
    const database = openDatabase(':memory:');
    const statements = new Set<string>();
    function recorded<Statement>(make: (sql: string) => Statement) {
      return (sql: string): Statement => {
        statements.add(sql.replace(/\s+/g, ' ').trim());
        return make(sql);
      };
    }
    const prepare = recorded(database.prepare);
    const prepareSelect = recorded(database.prepareSelect);
    const host = await localHost({ database: { ...database, prepare, prepareSelect } });
    const owned = database.db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table'
           AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_schema.name) WHERE name = 'organization_id')`,
      )
      .all()
      .map(({ name }) => String(name));
    expect(owned).toContain('tickets');
    const things = { ticket: '1', reply: 'x', task: 'x', user: 'x', apiKey: 'x', organization: 'x', made: 'x' };
    for (const { send } of Object.values(REQUESTS)) await host.send(send(things));
    await host.stop();
    const names = (sql: string) =>
      owned.some((table) => new RegExp(`\\b(FROM|INTO|UPDATE|JOIN) ${table}\\b`).test(sql));
    const isBound = (sql: string) =>
      /\borganization_id = \?|INSERT (OR REPLACE )?INTO \w+ \([^)]*\borganization_id\b/.test(sql);
    const unbound = [...statements].filter((sql) => names(sql) && !isBound(sql));
    expect(unbound.filter((sql) => !EVERYWHERE.some((known) => known.test(sql)))).toEqual([]);
    expect(statements.size).toBeGreaterThan(50);
  });
});

const ROUTES = CONTRACT.map(({ id }) => id).filter((id) => !SIGN_IN.has(id));
const WORDS = { a: 'Quokka', b: 'Wombat' } as const;
type Side = keyof typeof WORDS;

interface Tenant {
  readonly side: Side;
  readonly organization: string;
  readonly keys: readonly string[];
}

/** Two organizations with one resource of each kind. All texts of an organization contain its own word. */
async function tenantsOn(host: ClosedHost): Promise<{ tenants: Record<Side, Tenant>; things: Record<Side, Things> }> {
  async function made(key: string, request: Sent) {
    const { status, body, text } = await host.send(by(key, request));
    if (status >= 300) throw new Error(`${request.method} ${request.path}: ${status} ${text}`);
    return body;
  }
  async function tenant(side: Side) {
    const word = WORDS[side];
    const first = { name: word, email: `${word}@example.com` };
    const founded = await made(host.adminKey, post('/v1/organizations', { name: word, admin: first }));
    const admin = await host.keyFor(founded.id, founded.admin.id);
    const person = async (role: string) => {
      const { id } = await made(admin, post('/v1/users', { name: word, role, email: `${role}@${word}.example` }));
      const { key, id: keyId } = await made(admin, post('/v1/api-keys', { name: word, scopes: ['write'], userId: id }));
      return { id, key, keyId };
    };
    const agent = await person('agent');
    const customer = await person('customer');
    const opened = { title: word, description: word, tags: [word], customFields: { word } };
    await made(agent.key, post('/v1/tickets', { ...opened, externalId: 'same' }));
    const { id: ticket } = await made(customer.key, post('/v1/tickets', opened));
    const { id: reply } = await made(customer.key, post(`/v1/tickets/${ticket}/messages`, { body: word }));
    await made(agent.key, post(`/v1/tickets/${ticket}/messages`, { body: word, kind: 'note' }));
    await made(agent.key, patch(`/v1/tickets/${ticket}`, { assignedToId: agent.id }));
    const { id: task } = await made(agent.key, post('/v1/tasks', { title: word, ticketId: ticket }));
    const things = {
      ticket,
      reply,
      task,
      user: customer.id,
      apiKey: customer.keyId,
      organization: founded.id,
      made: 'x',
    };
    return { tenant: { side, organization: founded.id, keys: [admin, agent.key, customer.key] }, things };
  }
  const [a, b] = [await tenant('a'), await tenant('b')];
  return { tenants: { a: a.tenant, b: b.tenant }, things: { a: a.things, b: b.things } };
}

/** Checks with random requests and ids that an organization never gets data of the other one. */
function isolatesOrganizations(open: () => Promise<ClosedHost>, runs: number): void {
  let host: ClosedHost;
  beforeAll(async () => {
    host = await open();
  }, 60_000);
  afterAll(() => host?.stop());

  const step = fc.record({
    route: fc.constantFrom(...ROUTES),
    side: fc.constantFrom<Side>('a', 'b'),
    caller: fc.nat(2),
    /** For each kind, the organization whose resource the request names. */
    names: fc.record({
      ticket: fc.constantFrom<Side>('a', 'b'),
      reply: fc.constantFrom<Side>('a', 'b'),
      task: fc.constantFrom<Side>('a', 'b'),
      user: fc.constantFrom<Side>('a', 'b'),
      apiKey: fc.constantFrom<Side>('a', 'b'),
      organization: fc.constantFrom<Side>('a', 'b'),
      made: fc.constantFrom<Side>('a', 'b'),
    }),
  });

  it('isolates organizations from each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { tenants, things } = await tenantsOn(host);
        for (const { route, side, caller, names } of steps) {
          const other = side === 'a' ? 'b' : 'a';
          const named = Object.fromEntries(
            Object.entries(names).map(([kind, whose]) => [kind, things[whose][kind as keyof Things]]),
          ) as unknown as Things;
          const { keys } = tenants[side];
          const answer: Answer = await host.send(by(keys[caller] as string, REQUESTS[route].send(named)));
          expect([route, answer.text.includes(WORDS[other])]).toEqual([route, false]);
          const { on } = REQUESTS[route];
          // A request that names an unknown user id creates that user in its own organization.
          if (on !== undefined && on !== 'user' && names[on] === other) {
            // The response is 401 if an earlier step revoked the key.
            expect([route, [401, 404].includes(answer.status)]).toEqual([route, true]);
          }
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 300_000);
}

describe('on one machine', () => {
  isolatesOrganizations(closedLocalHost, 60);
});

describeOnDynamoDb('in functions', () => {
  isolatesOrganizations(() => closedLambdaHost({ layout: 'one-function', api: 'rest' }), 12);
});
