import {
  CurlewError,
  invalid,
  isInScope,
  isStaff,
  type Role,
  requireAccess,
  retryStale,
  StaleError,
} from '../kernel/index.ts';
import { addUser } from './create-user.ts';
import type { UserDeps } from './deps.ts';
import { type NewUser, sameAddress, type UserRecord } from './user.ts';

/** Who asks. See `People.reporter` in the ticket service for the promise. */
export async function findOrCreateReporter(deps: UserDeps, id: string | undefined, email: string | undefined) {
  const { actor } = deps.ctx;
  if (id === undefined && email === undefined) return actor.userId;
  if (!isStaff(actor)) {
    // Customers speak for themselves; whether somebody else is there is not for them to find out.
    const own = email === undefined ? undefined : await deps.users.find(actor.organizationId, actor.userId);
    const isOwnAddress = email === undefined || sameAddress(own?.user.email ?? '') === sameAddress(email);
    if ((id ?? actor.userId) !== actor.userId || !isOwnAddress) requireAccess({ actor }, 'tickets:manage', 'all');
    return actor.userId;
  }
  if (email === undefined) return (await findOrCreateById(deps, id as string, 'customer')).user.id;
  return findOrCreateByAddress(deps, id, email);
}

/** Who answers. See `People.assignee` in the ticket service for the promise. */
export async function requireAssignee(deps: UserDeps, id: string): Promise<void> {
  const { actor } = deps.ctx;
  if (actor.role !== 'admin' || !isInScope(actor, 'users:manage')) {
    const known = await deps.users.find(actor.organizationId, id);
    if (known === undefined) {
      throw invalid([{ pointer: '/assignedToId', code: 'unknown_user', message: `There is no user ${id}.` }]);
    }
  }
  const { user } = await findOrCreateById(deps, id, 'agent');
  if (!user.active) throw new CurlewError('user_removed', `User ${id} is not active.`);
}

/** Who writes. See `People.author` in the ticket service for the promise. */
export async function findOrCreateAuthor(deps: UserDeps, id: string): Promise<{ id: string; role: Role }> {
  const { actor } = deps.ctx;
  requireAccess({ actor }, 'tickets:manage', 'all');
  const { user } = await findOrCreateById(deps, id, 'customer');
  if (user.role !== 'customer') requireAccess({ actor }, 'users:manage', 'all');
  return { id: user.id, role: user.role };
}

/** The user with this id, created with `role` if nobody has it. Throws `user_removed` for a deleted one. */
async function findOrCreateById(deps: UserDeps, id: string, role: 'customer' | 'agent'): Promise<UserRecord> {
  return retryStale(deps.ctx, `contact ${id}`, async () => {
    const known = await deps.users.find(deps.ctx.actor.organizationId, id);
    return known === undefined ? createPerson(deps, { id, role }) : requireNotDeleted(known);
  });
}

async function findOrCreateByAddress(deps: UserDeps, id: string | undefined, email: string): Promise<string> {
  const organizationId = deps.ctx.actor.organizationId;
  return retryStale(deps.ctx, `contact ${sameAddress(email)}`, async () => {
    const owner = await deps.users.findByEmail(organizationId, email);
    if (id === undefined || owner?.user.id === id) {
      return (owner ?? (await createPerson(deps, { email, role: 'customer' }))).user.id;
    }
    if (owner !== undefined) throw mismatch(id, owner.user.id);
    const known = await deps.users.find(organizationId, id);
    if (known === undefined) return (await createPerson(deps, { id, email, role: 'customer' })).user.id;
    // The address is not written into the account: whoever may open a ticket could take the account over by it.
    return requireNotDeleted(known).user.id;
  });
}

/** Creates a person; two requests that meet the same stranger at once end with one person. */
async function createPerson(deps: UserDeps, person: NewUser): Promise<UserRecord> {
  try {
    return await addUser(withoutReceipt(deps), person);
  } catch (error) {
    if (!(error instanceof CurlewError) || !['user_exists', 'email_taken'].includes(error.code)) throw error;
    throw new StaleError();
  }
}

function requireNotDeleted(known: UserRecord): UserRecord {
  if (known.deletedAt === null) return known;
  throw new CurlewError('user_removed', `User ${known.user.id} was removed.`);
}

function mismatch(id: string, owner: string) {
  return new CurlewError('person_mismatch', `The address belongs to user ${owner}, not to ${id}.`);
}

/** The receipt of the request goes with its own change, not with the people met on the way. */
function withoutReceipt(deps: UserDeps): UserDeps {
  const { receiptFor: _, ...ctx } = deps.ctx;
  return { ...deps, ctx };
}
