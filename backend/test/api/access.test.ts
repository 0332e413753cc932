import { type Reach, RIGHTS, type Right } from '@curlew/core/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnyRoute, ROUTES as CONTRACT, type RouteId } from '../../src/contract/openapi/routes.ts';
import { describeOnDynamoDb } from '../dynamodb.ts';
import { by, type ClosedHost, type People, type Person, peopleOn } from './callers.ts';
import { type Answer, post, remove, type Sent } from './host.ts';
import { closedLambdaHost } from './lambda-host.ts';
import { closedLocalHost } from './local-host.ts';
import { expectedReach, expectedRight, REQUESTS, SIGN_IN, type TestRequest, type Things } from './requests.ts';

const ROUTES = CONTRACT.map(({ id }) => id);
const CALLERS = ['customer', 'agent', 'admin', 'operator', 'stranger'] as const;
type Caller = (typeof CALLERS)[number];

interface Expected {
  readonly outcome: 'fine' | 'forbidden' | 'not_found';
}

/** The expected outcome of a caller's request for an own resource, or for a resource of another user. */
function expectedFor(route: RouteId, caller: Caller, isOwn: boolean): Expected {
  // The stranger is an admin of another organization.
  const reach = expectedReach(route, caller === 'stranger' ? 'admin' : caller);
  const { on } = REQUESTS[route];
  if (on === undefined) return { outcome: reach === 'none' ? 'forbidden' : 'fine' };
  // The operator manages organizations, but has no access to the data in other organizations.
  if (caller === 'stranger') return { outcome: 'not_found' };
  if (!sees(caller, on, isOwn, reach)) return { outcome: 'not_found' };
  if (reach === 'none' || (reach === 'own' && !isOwn && on !== 'organization')) return { outcome: 'forbidden' };
  return { outcome: 'fine' };
}

function sees(caller: Caller, on: NonNullable<TestRequest['on']>, isOwn: boolean, reach: Reach): boolean {
  if (on === 'organization') return true;
  if (on === 'apiKey') return isOwn || reach === 'all';
  if (on === 'task' || on === 'made') return caller !== 'customer';
  return isOwn || caller !== 'customer';
}

function outcomeOf({ status, body }: Answer, also: string | undefined): string {
  if (status < 400 || body?.code === also) return 'fine';
  return body?.code ?? String(status);
}

/** Calls each route as every kind of caller and compares the outcome with the table of expected rights. */
function checkAccess(routes: readonly RouteId[], open: () => Promise<ClosedHost>): void {
  let host: ClosedHost;
  let people: People;
  beforeAll(async () => {
    host = await open();
    people = await peopleOn(host);
  }, 60_000);
  afterAll(() => host?.stop());

  const made = async (key: string, request: Sent) => {
    const { status, body, text } = await host.send(by(key, request));
    if (status !== 201) throw new Error(`${request.method} ${request.path}: ${status} ${text}`);
    return body;
  };

  /** Creates new resources of a person, so that no request sees the changes of another one. */
  async function thingsOf(owner: Person, { on, send, make }: TestRequest): Promise<Things> {
    const ticket = on === 'ticket' ? (await made(owner.key, post('/v1/tickets', { title: 'T' }))).id : '';
    const reply =
      on === 'ticket' ? (await made(owner.key, post(`/v1/tickets/${ticket}/messages`, { body: 'R' }))).id : '';
    const task = on === 'task' ? (await made(people.admin.key, post('/v1/tasks', { title: 'T' }))).id : '';
    const apiKey =
      on === 'apiKey' ? (await made(owner.key, post('/v1/api-keys', { name: 'N', scopes: ['read'] }))).id : '';
    const resource = make === undefined ? '' : (await made(people.admin.key, make())).id;
    const { method } = send({ ticket, reply, task, apiKey, user: '', organization: '', made: resource });
    const isRemoved = on === 'user' && method === 'DELETE' && owner !== people.customer && owner !== people.admin;
    const user = isRemoved ? (await made(people.admin.key, post('/v1/users', { name: 'Brief' }))).id : owner.id;
    return { ticket, reply, task, apiKey, user, organization: 'default', made: resource };
  }

  describe.each(routes)('%s', (route) => {
    const request = REQUESTS[route];
    const right = expectedRight(route);
    const isPublic = right === 'public';

    it('requires authentication, unless it is public', async () => {
      const things = await thingsOf(people.customer, request);
      const { status, body, headers } = await host.send(request.send(things));
      expect(body?.code === 'unauthenticated').toBe(!isPublic);
      if (!isPublic) expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Curlew"']);
    });

    if (isPublic) return;

    it.each(CALLERS)('gives the expected access to %s', async (caller) => {
      const own = caller === 'stranger' ? people.customer : people[caller];
      for (const [owner, isOwn] of [
        [own, caller !== 'stranger'],
        [people.otherCustomer, false],
      ] as const) {
        const things = await thingsOf(owner, request);
        const answer = await host.send(by(people[caller].key, request.send(things)));
        const { outcome } = expectedFor(route, caller, isOwn);
        expect([isOwn ? 'own' : 'other', outcomeOf(answer, outcome === 'fine' ? request.also : undefined)]).toEqual([
          isOwn ? 'own' : 'other',
          outcome,
        ]);
        if (outcome === 'forbidden') expect(answer.body.right).toBe(right);
        if (request.on === undefined) break;
      }
    });

    const { alsoRight, refusesKeys } = CONTRACT.find(({ id }) => id === route) as AnyRoute;
    const needed: Right[] = [right, ...(alsoRight === undefined ? [] : [alsoRight])];
    const answerWith = async (scopes: readonly Right[]) => {
      const { id, key } = await made(people.operator.key, post('/v1/api-keys', { name: 'Limited', scopes }));
      const answer = await host.send(by(key, request.send(await thingsOf(people.operator, request))));
      await host.send(by(people.operator.key, remove(`/v1/api-keys/${id}`)));
      return answer;
    };

    it.each(needed)('refuses a key without the right %s, and names the right', async (missing) => {
      const answer = await answerWith(RIGHTS.filter((one) => one !== missing));
      expect([answer.status, answer.body.code, answer.body.right]).toEqual([403, 'forbidden', missing]);
    });

    it('accepts a key with only the named rights, unless the operation refuses every key', async () => {
      const answer = await answerWith(needed);
      expect(outcomeOf(answer, refusesKeys ? undefined : request.also)).toBe(refusesKeys ? 'forbidden' : 'fine');
    });
  });
}

describe('on one machine', () => {
  checkAccess(ROUTES, closedLocalHost);
});

describeOnDynamoDb('in functions', () => {
  checkAccess(
    ROUTES.filter((route) => !SIGN_IN.has(route)),
    () => closedLambdaHost({ layout: 'per-service', api: 'http' }),
  );
});
