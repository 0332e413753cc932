import {
  CurlewError,
  EmailAddress,
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
import { comparableAddress, type NewUser, type UserRecord } from './user.ts';

/** Implements `People.reporter` of the ticket service; see its promise there. */
export async function findOrCreateReporter(deps: UserDeps, id: string | undefined, email: string | undefined) {
  const { actor } = deps.ctx;
  if (isStaff(actor)) {
    if (id?.includes('@')) return findOrCreateByAddressAsId(deps, id, email);
    if (email !== undefined) return findOrCreateByAddress(deps, id, email);
    return id === undefined ? actor.userId : (await findOrCreateById(deps, id, 'customer')).user.id;
  }
  // Customers may only name themselves. The check must not show whether another id or address exists.
  const own = email === undefined ? undefined : await deps.users.find(actor.organizationId, actor.userId);
  const isOwnAddress = email === undefined || comparableAddress(own?.user.email ?? '') === comparableAddress(email);
  if ((id ?? actor.userId) !== actor.userId || !isOwnAddress) requireAccess({ actor }, 'tickets:manage', 'all');
  return actor.userId;
}

/** Implements `People.assignee` of the ticket service; see its promise there. */
export async function requireAssignee(deps: UserDeps, id: string): Promise<string> {
  const { actor } = deps.ctx;
  const mayCreate = actor.role === 'admin' && isInScope(actor, 'users:manage') && !id.includes('@');
  const known = await findByIdOrAddress(deps, id);
  if (known === undefined && !mayCreate) throw unknownUser('/assignedToId', id);
  const { user } = known === undefined ? await findOrCreateById(deps, id, 'agent') : requireNotDeleted(known);
  if (!user.active) throw new CurlewError('user_removed', `User ${id} is not active.`);
  return user.id;
}

/** Implements `People.author` of the ticket service; see its promise there. */
export async function findOrCreateAuthor(deps: UserDeps, id: string): Promise<{ id: string; role: Role }> {
  const { actor } = deps.ctx;
  requireAccess({ actor }, 'tickets:manage', 'all');
  const { user } = await findOrCreateById(deps, id, 'customer');
  if (user.role !== 'customer') requireAccess({ actor }, 'users:manage', 'all');
  return { id: user.id, role: user.role };
}

/** Finds the user with this id; if the id has the form of an address and is no user's id, the user with that address. */
async function findByIdOrAddress(deps: UserDeps, id: string): Promise<UserRecord | undefined> {
  const { organizationId } = deps.ctx.actor;
  const known = await deps.users.find(organizationId, id);
  return known === undefined && id.includes('@') ? deps.users.findByEmail(organizationId, id) : known;
}

/**
 * An address in the place of an id. It names the user who has it, so that one person does not become two users. A user
 * of before may have it as id.
 */
async function findOrCreateByAddressAsId(deps: UserDeps, id: string, email = id): Promise<string> {
  const known = await findByIdOrAddress(deps, id);
  if (known !== undefined) {
    const owner = comparableAddress(email) === comparableAddress(id) ? known : await findOwner(deps, email);
    if (owner !== undefined && owner.user.id !== known.user.id) throw mismatch(id, owner.user.id);
    return requireNotDeleted(known).user.id;
  }
  if (comparableAddress(email) !== comparableAddress(id)) {
    throw new CurlewError('person_mismatch', `The id ${id} and the address ${email} are two addresses.`);
  }
  if (!EmailAddress.safeParse(id).success) {
    const message = 'Contains @, so it must be an e-mail address or the id of a user.';
    throw invalid([{ pointer: '/reporterId', code: 'invalid_format', message }]);
  }
  return findOrCreateByAddress(deps, undefined, id);
}

function findOwner(deps: UserDeps, email: string): Promise<UserRecord | undefined> {
  return deps.users.findByEmail(deps.ctx.actor.organizationId, email);
}

/** Finds the user with this id, or creates one with `role`. Throws `user_removed` for a deleted user. */
async function findOrCreateById(deps: UserDeps, id: string, role: 'customer' | 'agent'): Promise<UserRecord> {
  return retryStale(deps.ctx, `contact ${id}`, async () => {
    const known = await deps.users.find(deps.ctx.actor.organizationId, id);
    return known === undefined ? createPerson(deps, { id, role }) : requireNotDeleted(known);
  });
}

async function findOrCreateByAddress(deps: UserDeps, id: string | undefined, email: string): Promise<string> {
  const organizationId = deps.ctx.actor.organizationId;
  return retryStale(deps.ctx, `contact ${comparableAddress(email)}`, async () => {
    const owner = await deps.users.findByEmail(organizationId, email);
    if (id === undefined || owner?.user.id === id) {
      return (owner ?? (await createPerson(deps, { email, role: 'customer' }))).user.id;
    }
    if (owner !== undefined) throw mismatch(id, owner.user.id);
    const known = await deps.users.find(organizationId, id);
    if (known === undefined) return (await createPerson(deps, { id, email, role: 'customer' })).user.id;
    // The address is not saved in the user: otherwise a caller who may open tickets could take over any account.
    return requireNotDeleted(known).user.id;
  });
}

/**
 * Creates a user. If another request has created the same user meanwhile, throws `StaleError`: the caller then retries
 * and finds that user.
 */
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

function unknownUser(pointer: string, id: string) {
  return invalid([{ pointer, code: 'unknown_user', message: `There is no user ${id}.` }]);
}

function mismatch(id: string, owner: string) {
  return new CurlewError('person_mismatch', `The address belongs to user ${owner}, not to ${id}.`);
}

/** The request's receipt is saved with the ticket, not with the users that the request creates first. */
function withoutReceipt(deps: UserDeps): UserDeps {
  const { receiptFor: _, ...ctx } = deps.ctx;
  return { ...deps, ctx };
}
