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
  /** Name of the function that serves a service's routes: the service's own function, or `all`. */
  functionOf(service: string): string;
  fault(fault: Fault | DeliveryFault): Promise<void>;
  /** Allows failures of functions from now on, although the test injects no fault. */
  expectFailures(): void;
  /** Returns the tokens that an account of the pool gets from the hosted login. Rejects if Cognito refuses. */
  signIn(username: string): Promise<Tokens>;
  /** Kills all processes of a function, so that its next invocations start cold. */
  restart(name: string): Promise<void>;
  /** Removes all faults. */
  heal(): Promise<void>;
}

/**
 * The deployed API after a reset: without data, and with every function cold. A request for triage always works.
 * Automatic triage is off unless `triage` is true, because it changes a ticket's tags some time after the request.
 */
export async function deployedHost({ triage = false } = {}): Promise<DeployedHost> {
  const { adminKey } = await control<{ adminKey: string }>('POST', '/reset');
  return hostAt({ adminKey, triage, events: '/events' });
}

/** The deployed API without a reset, called by the admin of a new organization. This is faster than a reset. */
export async function deployedOrganization(): Promise<DeployedHost> {
  const { id, adminKey } = await control<{ id: string; adminKey: string }>('POST', '/organization');
  return hostAt({ adminKey, triage: false, events: `/events?organization=${id}` });
}

interface HostOptions {
  readonly adminKey: string;
  /** Whether tickets are triaged automatically. */
  readonly triage: boolean;
  /** Path of the event types on the control server. */
  readonly events: string;
}

async function hostAt({ adminKey, triage, events }: HostOptions): Promise<DeployedHost> {
  const disableTriage = async () => {
    if (!triage) await control('POST', '/fault', { function: 'triage', delivery: 'lostDelivery', times: 1_000_000 });
  };
  await disableTriage();
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
      await disableTriage();
    },
    signIn: (username) =>
      control<Tokens>('POST', '/sign-in', { username }).catch((error) => {
        // The pre-token function refuses a sign-in by throwing an error, which counts as a failed invocation.
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

/** Adds the admin's key to the request, unless the request has its own credentials. */
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

/** The request with the API's base path, like a client that knows the full URL. */
function within(base: string, request: Sent): Sent {
  // A path from a response header has lost its base path in `withoutBase`; a path from another place still has it.
  const isComplete = base === '' || request.path === base || request.path.startsWith(`${base}/`);
  return isComplete ? request : { ...request, path: base + request.path };
}

/** The answer without the stage in its URLs, so that it is equal for all stages. Throws if a URL lacks the stage. */
function withoutBase(base: string, { status, headers, text, body }: Answer): Answer {
  const seen = new Headers();
  for (const [name, value] of headers) {
    // API Gateway adds this prefix to some headers of a function, such as `connection`.
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
