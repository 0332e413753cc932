import { expect, it } from 'vitest';
import { inFlight } from './in-flight.ts';

const actor = (organizationId: string, userId: string) => ({ organizationId, userId, role: 'customer' }) as const;

it('limits the requests of a user and of an organization that run at the same time', () => {
  const { start } = inFlight({ user: 2, organization: 3 });
  const ends = [start(actor('a', '1')), start({ ...actor('a', '1'), keyId: 'key_1' })];
  expect(() => start({ ...actor('a', '1'), keyId: 'key_2' })).toThrow('At most 2 requests of one user');
  ends.push(start(actor('a', '2')));
  expect(() => start(actor('a', '3'))).toThrow('At most 3 requests of one organization');
  // A user of another organization with the same id is another user.
  start(actor('b', '1'));
  for (const end of ends) end();
  for (const user of ['1', '1', '3']) start(actor('a', user));
  expect(() => start(actor('a', '2'))).toThrow('organization');
});
