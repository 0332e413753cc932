import { expect, it } from 'vitest';
import type { Dynamo } from '../../../adapters/dynamodb/client.ts';
import type { LambdaHost } from '../lambda-host.ts';
import { organizations, users } from './users.ts';

const SECRET = { pk: 'SECRET', sk: 'A', secret: 'c2VjcmV0' };

/** A host whose calls to DynamoDB fail `failures` times, and then find the stored key. */
function hostThatFails(failures: number) {
  let calls = 0;
  const client = {
    async send() {
      calls++;
      if (calls <= failures) throw new Error('DynamoDB does not answer.');
      return { Item: SECRET };
    },
  } as unknown as Dynamo['client'];
  const host: LambdaHost = {
    db: { client, tables: { users: 'users' } },
    auth: 'required',
    triage: { provider: 'embedded' },
    report() {},
  };
  return { host, calls: () => calls };
}

it('reads the key of the addresses once for all ports of a host', async () => {
  const { host, calls } = hostThatFails(0);
  await Promise.all([users(host), organizations(host)]);
  await users(host);
  expect(calls()).toBe(1);
});

it('reads the key again after a failure', async () => {
  const { host } = hostThatFails(1);
  await expect(users(host)).rejects.toThrow();
  await expect(users(host)).resolves.toBeDefined();
});
