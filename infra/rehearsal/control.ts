import type { DeliveryFault, Fault } from '../../rehearsal/faults/faults.ts';
import type { Outgoing } from '../../rehearsal/gateway/function-response.ts';
import { listen } from '../../rehearsal/gateway/listen.ts';
import type { Incoming } from '../../rehearsal/gateway/request.ts';
import type { DeployedPool, Identity } from '../../rehearsal/identity.ts';
import type { Runner } from './runner.ts';
import { typesOfEvents } from './stored-events.ts';

/** Facts about the deployment, for the tests that send requests to it. */
export interface DeploymentFacts {
  /** Short names of the functions. */
  readonly functions: readonly string[];
  /** Prefix of every path: empty, or the stage. */
  readonly basePath: string;
  readonly cloudUrl: string;
  /** An API key of the first admin. A reset creates a new key. */
  readonly adminKey: string;
  /** The user pool for sign-in; null in open mode. */
  readonly pool: DeployedPool | null;
  /** Name of the bucket with the triage lessons of organizations. */
  readonly filesBucket: string;
  /** Name of the secret with the signing keys of cursors; empty if the keys are in the tables. */
  readonly signingSecret: string;
  readonly deadLetterQueueUrls: Readonly<Record<string, string>>;
}

/** Starts the control server. Tests use it to inspect the rehearsal, to reset it, and to inject faults. */
export async function startControl(
  runner: Runner,
  facts: DeploymentFacts,
  identity: Identity | undefined,
): Promise<{ url: string; stop(): void }> {
  const queueUrls = Object.values(facts.deadLetterQueueUrls);
  let organizations = 0;
  const routes: Record<string, (body: unknown, query: URLSearchParams) => Promise<unknown>> = {
    'GET /deployment': async () => facts,
    'GET /settled': () => runner.settled(),
    'GET /events': async (_, query) =>
      typesOfEvents(await runner.tables.streamedItemsBy('E#'), query.get('organization')),
    'GET /calls': async () => runner.calls.counts(),
    'GET /failures': async () => failures(),
    'POST /reset': async () => {
      await runner.reset(queueUrls, facts.filesBucket);
      await identity?.empty();
      return { adminKey: await runner.newAdminKey() };
    },
    'POST /organization': async () => {
      const id = `org_${++organizations}`;
      return { id, adminKey: await runner.newAdminKey(id) };
    },
    'POST /sign-in': async (body) => identity?.signIn((body as { username: string }).username),
    'POST /heal': async () => runner.faults.clear(),
    'POST /fault': async (body) => {
      const fault = body as Fault | DeliveryFault | { kill: string };
      if ('kill' in fault) return { killed: poolOf(fault.kill).kill() };
      runner.faults.add(fault);
      return {};
    },
  };

  function poolOf(short: string) {
    for (const [name, pool] of runner.pools) if (runner.shortName(name) === short) return pool;
    throw new Error(`There is no function ${short}.`);
  }

  /** The number of failed invocations of each function since the start, and the errors of the runner itself. */
  function failures(): object {
    const counts = [...runner.pools].map(([name, pool]) => [runner.shortName(name), pool.facts().errors] as const);
    return { invocations: Object.fromEntries(counts), errors: runner.errors };
  }

  async function respond({ method, path, query, body }: Incoming): Promise<Outgoing> {
    const route = routes[`${method} ${path}`];
    if (route === undefined) return json(404, { known: Object.keys(routes) });
    try {
      const sent = body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
      return json(200, (await route(sent, new URLSearchParams(query))) ?? {});
    } catch (error) {
      return json(500, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  return listen(0, respond);
}

function json(status: number, value: unknown): Outgoing {
  return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify(value)) };
}
