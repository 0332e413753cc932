import {
  type Context,
  CurlewError,
  demand,
  invalid,
  isInScope,
  isStaff,
  type Role,
  retryStale,
  StaleError,
} from '../kernel/index.ts';
import { addUser } from './create-user.ts';
import { type NewUser, sameAddress, type UserRecord } from './user.ts';
import type { UserVerb } from './verb.ts';

/** Who asks. See `People.reporter` in the ticket service for the promise. */
export async function meetReporter(verb: UserVerb, id: string | undefined, email: string | undefined) {
  const { actor } = verb.ctx;
  if (id === undefined && email === undefined) return actor.userId;
  if (!isStaff(actor)) {
    // Customers speak for themselves; whether somebody else is there is not for them to find out.
    const own = email === undefined ? undefined : await verb.users.find(actor.organizationId, actor.userId);
    const isOwnAddress = email === undefined || sameAddress(own?.user.email ?? '') === sameAddress(email);
    if ((id ?? actor.userId) !== actor.userId || !isOwnAddress) demand(actor, 'tickets:manage', 'agent');
    return actor.userId;
  }
  if (email === undefined) return (await meetById(verb, id as string, 'customer')).user.id;
  return meetByAddress(verb, id, email);
}

/** Who answers. See `People.assignee` in the ticket service for the promise. */
export async function assignee(verb: UserVerb, id: string): Promise<void> {
  const { actor } = verb.ctx;
  if (actor.role !== 'admin' || !isInScope(actor, 'users:manage')) {
    const known = await verb.users.find(actor.organizationId, id);
    if (known === undefined) {
      throw invalid([{ pointer: '/assignedToId', code: 'unknown_user', message: `There is no user ${id}.` }]);
    }
  }
  const { user } = await meetById(verb, id, 'agent');
  if (!user.active) throw new CurlewError('user_removed', `User ${id} is not active.`);
}

/** Who writes. See `People.author` in the ticket service for the promise. */
export async function author(verb: UserVerb, id: string): Promise<{ id: string; role: Role }> {
  const { actor } = verb.ctx;
  demand(actor, 'tickets:manage', 'agent');
  const { user } = await meetById(verb, id, 'customer');
  if (user.role !== 'customer') demand(actor, 'users:manage', 'admin');
  return { id: user.id, role: user.role };
}

/** The user with this id, created with `role` if nobody has it. Throws `user_removed` for a deleted one. */
async function meetById(verb: UserVerb, id: string, role: 'customer' | 'agent'): Promise<UserRecord> {
  return retryStale(verb.ctx, `contact ${id}`, async () => {
    const known = await verb.users.find(verb.ctx.actor.organizationId, id);
    return known === undefined ? meet(verb, { id, role }) : present(known);
  });
}

async function meetByAddress(verb: UserVerb, id: string | undefined, email: string): Promise<string> {
  const organizationId = verb.ctx.actor.organizationId;
  return retryStale(verb.ctx, `contact ${sameAddress(email)}`, async () => {
    const owner = await verb.users.findByEmail(organizationId, email);
    if (id === undefined || owner?.user.id === id) {
      return (owner ?? (await meet(verb, { email, role: 'customer' }))).user.id;
    }
    if (owner !== undefined) throw mismatch(id, owner.user.id);
    const known = await verb.users.find(organizationId, id);
    if (known === undefined) return (await meet(verb, { id, email, role: 'customer' })).user.id;
    // The address is not written into the account: whoever may open a ticket could take the account over by it.
    return present(known).user.id;
  });
}

/** Creates a person; two requests that meet the same stranger at once end with one person. */
async function meet(verb: UserVerb, person: NewUser): Promise<UserRecord> {
  try {
    return await addUser(silent(verb), person);
  } catch (error) {
    if (!(error instanceof CurlewError) || !['user_exists', 'email_taken'].includes(error.code)) throw error;
    throw new StaleError();
  }
}

function present(known: UserRecord): UserRecord {
  if (known.deletedAt === null) return known;
  throw new CurlewError('user_removed', `User ${known.user.id} was removed.`);
}

function mismatch(id: string, owner: string) {
  return new CurlewError('person_mismatch', `The address belongs to user ${owner}, not to ${id}.`);
}

/** The receipt of the request goes with its own change, not with the people met on the way. */
function silent(verb: UserVerb): UserVerb {
  const { receiptFor: _, ...ctx } = verb.ctx;
  return { ...verb, ctx: ctx as Context };
}
