import {
  type CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { UserEvent, UserRecord } from '@curlew/core/user';
import { onUserEvent } from '@curlew/core/user/on-user-event.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallPool } from '../../../test/small-cognito.ts';
import { accountName } from './account-name.ts';
import { cognitoAccounts } from './accounts.ts';

const ID = 'usr_01m7y02hh6rnxs70at6c1rrbjs';

/** Converts an error of the small pool to the error class that the AWS client throws. */
function clientError(error: Error): Error {
  const options = { message: error.message, $metadata: {} };
  if (error.name === 'UserNotFoundException') return new UserNotFoundException(options);
  if (error.name === 'UsernameExistsException') return new UsernameExistsException(options);
  return error;
}

describe('several consumers at once', () => {
  it('leave the account as the newest version of the user requires, for any order of their calls', async () => {
    const changes = fc.array(
      fc.record({
        name: fc.constantFrom('Ana', 'Anna'),
        email: fc.constantFrom(null, 'ana@example.com', 'anna@example.com'),
        role: fc.constantFrom('customer' as const, 'agent' as const, 'admin' as const),
        active: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(changes, fc.scheduler(), async (states, scheduler) => {
        const pool = smallPool();
        let now: UserRecord | undefined;
        const step = () => scheduler.schedule(Promise.resolve());
        const client = {
          async send(command: { readonly constructor: { readonly name: string }; readonly input: object }) {
            await step();
            try {
              return pool.act(command.constructor.name.replace(/Command$/, ''), command.input);
            } catch (error) {
              throw clientError(error as Error);
            }
          },
        } as unknown as CognitoIdentityProviderClient;
        const ports = {
          accounts: cognitoAccounts(client, 'pool'),
          rolesWithAccounts: new Set(['agent', 'admin'] as const),
          users: {
            async find() {
              await step();
              return now;
            },
          },
        };
        async function deliver(event: UserEvent): Promise<void> {
          for (let tries = 0; tries < 100; tries++) {
            await step();
            const isDone = await onUserEvent(ports, event).then(
              () => true,
              () => false,
            );
            if (isDone) return;
          }
          throw new Error('The event was never handled.');
        }
        const deliveries: Promise<void>[] = [];
        async function change(): Promise<void> {
          for (const [i, state] of states.entries()) {
            await step();
            const [time, version] = ['2026-03-01T00:00:00.000Z', i + 1];
            const user = { id: ID, ...state, createdAt: time, updatedAt: time, version };
            now = { organizationId: 'org_a', operator: false, deletedAt: null, user };
            const event = { subject: user.id, organizationId: 'org_a', sequence: version } as UserEvent;
            deliveries.push(deliver(event), deliver(event));
          }
        }
        await scheduler.waitFor(change());
        await scheduler.waitFor(Promise.all(deliveries));

        const newest = states.at(-1);
        const held = pool.accounts.get(accountName('org_a', ID));
        if (newest === undefined || newest.email === null) expect(held).toBeUndefined();
        else if (!newest.active || newest.role === 'customer') expect(held?.enabled ?? false).toBe(false);
        else {
          const { email, name, role } = newest;
          const attributes = { email, email_verified: 'true', name, 'custom:organization': 'org_a', 'custom:user': ID };
          expect(held).toMatchObject({ attributes, enabled: true, groups: new Set([role]) });
        }
      }),
      { numRuns: 300 },
    );
  });
});
