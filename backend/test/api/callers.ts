import type { ApiHost, Sent } from './host.ts';
import { post } from './host.ts';

/** A host that requires authentication, with an API key of its first admin. */
export interface ClosedHost extends ApiHost {
  readonly adminKey: string;
  /** Creates a key with every right of the user. */
  keyFor(organizationId: string, userId: string): Promise<string>;
}

/** Adds an API key to a request. */
export function by(key: string, request: Sent): Sent {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } };
}

export interface Person {
  readonly id: string;
  readonly key: string;
}

/** Users of every role, with two customers, and the admin of another organization. */
export interface People {
  readonly customer: Person;
  readonly otherCustomer: Person;
  readonly agent: Person;
  readonly admin: Person;
  readonly operator: Person;
  readonly stranger: Person & { readonly organizationId: string };
}

/** Creates the users through the API. */
export async function peopleOn(host: ClosedHost): Promise<People> {
  const operator = { id: 'usr_admin', key: host.adminKey };
  async function ask(request: Sent) {
    const { status, body, text } = await host.send(by(operator.key, request));
    if (status !== 201) throw new Error(`${request.method} ${request.path}: ${status} ${text}`);
    return body;
  }
  async function person(role: string, name: string): Promise<Person> {
    const { id } = await ask(post('/v1/users', { name, role, email: `${name}@example.com` }));
    const { key } = await ask(post('/v1/api-keys', { name, scopes: ['write'], userId: id }));
    return { id, key };
  }
  const { id: organizationId, admin } = await ask(
    post('/v1/organizations', { name: 'Elsewhere', admin: { email: 'stranger@example.org', name: 'Stranger' } }),
  );
  return {
    customer: await person('customer', 'customer'),
    otherCustomer: await person('customer', 'other'),
    agent: await person('agent', 'agent'),
    admin: await person('admin', 'admin'),
    operator,
    stranger: { id: admin.id, key: await host.keyFor(organizationId, admin.id), organizationId },
  };
}
