import { checkAnswer } from '../../backend/test/api/contract-check.ts';
import type { Answer, ApiHost, Sent } from '../../backend/test/api/host.ts';
import { sendTo } from '../../backend/test/api/local-host.ts';
import type { DeliveryFault, Fault } from '../../rehearsal/faults/faults.ts';
import type { Tokens } from '../../rehearsal/identity.ts';
import type { DeploymentFacts } from './control.ts';

const URL_OF_API = process.env.CURLEW_REHEARSAL_URL ?? '';
const CONTROL = process.env.CURLEW_REHEARSAL_CONTROL ?? '';

export interface DeployedHost extends ApiHost {
  readonly facts: DeploymentFacts;
  /** The function that serves a service's routes: its own, or the one for all. */
  functionOf(service: string): string;
  fault(fault: Fault | DeliveryFault): Promise<void>;
  /** From now on functions may fail, though nothing is broken on purpose. */
  expectFailures(): void;
  /** Tokens of an account in the pool, as the hosted login leads to them. Rejects as Cognito refuses. */
  signIn(username: string): Promise<Tokens>;
  /** Ends what runs of a function: its next invocations start cold. */
  restart(name: string): Promise<void>;
  /** Ends all faults. */
  heal(): Promise<void>;
}

/**
 * The deployed API, emptied and with every function cold. Tickets are triaged when somebody asks for it, and by
 * themselves only for tests that are about that: it changes their tags, some moment later.
 */
export async function deployedHost({ triage = false } = {}): Promise<DeployedHost> {
  const { adminKey } = await control<{ adminKey: string }>('POST', '/reset');
  return hostAt({ adminKey, triage, events: '/events' });
}

/** The deployed API as it is, asked by the admin of a new organization. That takes less time than to empty everything. */
export async function deployedOrganization(): Promise<DeployedHost> {
  const { id, adminKey } = await control<{ id: string; adminKey: string }>('POST', '/organization');
  return hostAt({ adminKey, triage: false, events: `/events?organization=${id}` });
}

interface HostOptions {
  readonly adminKey: string;
  /** Whether tickets are triaged by themselves. */
  readonly triage: boolean;
  /** Path of the events at the control. */
  readonly events: string;
}

async function hostAt({ adminKey, triage, events }: HostOptions): Promise<DeployedHost> {
  const choose = async () => {
    if (!triage) await control('POST', '/fault', { function: 'triage', delivery: 'lostDelivery', times: 1_000_000 });
  };
  await choose();
  const facts = await control<DeploymentFacts>('GET', '/deployment');
  const before = await failures();
  let mayFail = false;
  return {
    facts,
    functionOf: (service) => (facts.functions.includes(service) ? service : 'all'),
    async fault(fault) {
      mayFail = true;
      await control('POST', '/fault', fault);
    },
    expectFailures() {
      mayFail = true;
    },
    async restart(name) {
      for (let killed = 1; killed > 0; ) {
        ({ killed } = await control<{ killed: number }>('POST', '/fault', { kill: name }));
      }
    },
    async heal() {
      await control('POST', '/heal');
      await choose();
    },
    signIn: (username) =>
      control<Tokens>('POST', '/sign-in', { username }).catch((error) => {
        // The function says no by failing.
        mayFail = true;
        throw error;
      }),
    async send(request) {
      const sent = within(facts.basePath, byAdmin(adminKey, request));
      const answer = withoutBase(facts.basePath, await sendTo(URL_OF_API, sent));
      checkAnswer(request, answer);
      return answer;
    },
    eventTypes: () => control<string[]>('GET', events),
    settled: () => control('GET', '/settled'),
    async stop() {
      const after = await failures();
      if (!mayFail && after !== before) throw new Error(`Functions failed: ${before} before, ${after} after`);
    },
  };
}

/** The request with the admin's key, unless it says by itself who asks. */
function byAdmin(key: string, request: Sent): Sent {
  const isSigned = ['authorization', 'x-api-key'].some((name) => name in (request.headers ?? {}));
  return isSigned ? request : { ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } };
}

async function failures(): Promise<string> {
  const { invocations } = await control<{ invocations: object }>('GET', '/failures');
  return JSON.stringify(invocations);
}

async function control<Result>(method: string, path: string, body?: object): Promise<Result> {
  const response = await fetch(CONTROL + path, { method, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return (await response.json()) as Result;
}

/** The request as a client sends it that knows the API by its full address. */
function within(base: string, request: Sent): Sent {
  // What an answer told the tables has lost its base, too; what a table never stripped has it already.
  const isComplete = base === '' || request.path === base || request.path.startsWith(`${base}/`);
  return isComplete ? request : { ...request, path: base + request.path };
}

/** The answer as it would be without a stage in front. Every address in it must have the stage. */
function withoutBase(base: string, { status, headers, text, body }: Answer): Answer {
  const seen = new Headers();
  for (const [name, value] of headers) {
    // What a function says of the connection reaches nobody as such: API Gateway renames it.
    seen.set(name.replace(/^x-amzn-remapped-/, ''), value);
  }
  for (const name of ['location', 'content-location']) {
    const address = seen.get(name);
    if (address !== null) seen.set(name, stripped(base, address));
  }
  const link = seen.get('link');
  if (link !== null)
    seen.set(
      'link',
      link.replace(/<([^>]+)>/g, (_, address: string) => `<${stripped(base, address)}>`),
    );
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') === true;
  return { status, headers: seen, text, body: isProblem ? { ...body, type: stripped(base, body.type) } : body };
}

function stripped(base: string, address: string): string {
  if (base === '') return address;
  if (!address.startsWith(`${base}/`)) throw new Error(`${address} does not lead to the API, which is at ${base}.`);
  return address.slice(base.length);
}
