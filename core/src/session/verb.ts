import {
  type AuditAction,
  type AuditEntry,
  type AuditTrail,
  admit,
  auditOf,
  type Context,
  CurlewError,
  isStaff,
  networkOf,
  notFound,
} from '../kernel/index.ts';
import type { UserRecord, UserStore } from '../user/index.ts';
import type { Tried } from './lock-out.ts';
import type { AccessTokens, Membership, Passwords, SessionSecrets, SessionStore } from './ports.ts';
import { ACCESS_TOKEN_SECONDS, type SessionRecord, type Tokens } from './session.ts';

/** What every session verb is given. */
export interface SessionVerb {
  readonly ctx: Context;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly secrets: SessionSecrets;
  readonly audit: AuditTrail;
}

/** The one answer to everything that does not let somebody in, so that nobody learns from it who has an account. */
export function wrongCredentials(cause?: Error): CurlewError {
  return new CurlewError(
    'wrong_credentials',
    'This does not let you in. An address that belongs to several organizations has to name one, and after several failed tries only waiting helps, up to 15 minutes.',
    cause === undefined ? {} : { cause },
  );
}

/** The same for refresh tokens and password tokens: none of them says why it is refused. */
export function wrongToken(cause?: Error): CurlewError {
  return new CurlewError(
    'wrong_credentials',
    'This token does not let you in, or not any more: it may have been used, replaced or withdrawn, or have expired.',
    cause === undefined ? {} : { cause },
  );
}

/** The user, if they may come in. */
export async function admitted(
  { users }: { readonly users: Pick<UserStore, 'find'> },
  organizationId: string,
  userId: string,
): Promise<UserRecord | undefined> {
  const found = await users.find(organizationId, userId);
  return found?.user.active && found.deletedAt === null ? found : undefined;
}

/** A user of the caller's organization. Throws `not_found`, also for one whom the caller may not see, `forbidden`. */
export async function loadUser({ ctx, users }: SessionVerb, id: string): Promise<UserRecord> {
  const { organizationId, userId } = ctx.actor;
  const found = await users.find(organizationId, id);
  const isVisible = isStaff(ctx.actor) || id === userId;
  if (found === undefined || found.deletedAt !== null || !isVisible) throw notFound('user', id);
  admit(ctx);
  return found;
}

/** Failed tries to sign in are counted by address, whether or not it is anybody's: a lock shows nothing of accounts. */
export function accountOfAddress({ secrets }: Pick<SessionVerb, 'secrets'>, email: string): string {
  return `address:${secrets.digest(email.toLowerCase())}`;
}

/** Those of somebody who is in already are counted apart: they lock nobody out. */
export function accountOfUser(userId: string): string {
  return `user:${userId}`;
}

/** A try from where the request comes from. */
export function triedOf({ ctx }: Pick<SessionVerb, 'ctx'>, organizationId: string, account: string): Tried {
  return { organizationId, account, network: networkOf(ctx.address ?? '') };
}

/** Forgets the failed tries of a user, wherever they came from: who they are was proven in another way. */
export async function forgetTries(
  { sessions, secrets }: Pick<SessionVerb, 'sessions' | 'secrets'>,
  organizationId: string,
  { id, email }: { readonly id: string; readonly email: string | null },
): Promise<void> {
  await sessions.forgetTries(organizationId, accountOfUser(id));
  if (email !== null) await sessions.forgetTries(organizationId, accountOfAddress({ secrets }, email));
}

/** The entry for what was done to a user by somebody who came without a token: by themselves, if they `proved` it. */
export function auditOfMember(
  { ctx }: SessionVerb,
  { organizationId, userId }: Membership,
  proved: boolean,
  action: AuditAction,
  details: AuditEntry['details'] = {},
): AuditEntry {
  const entry = auditOf({ ...ctx, actor: { ...ctx.actor, organizationId, userId } }, action, userId, details);
  return proved ? entry : { ...entry, actorId: null };
}

/** Both tokens of a session, whose latest refresh token ends in `turn`. */
export async function tokensOf(
  { ctx, tokens }: SessionVerb,
  { organizationId, userId, id }: SessionRecord,
  { family, turn }: { family: string; turn: string },
): Promise<Tokens> {
  const expiresAt = Math.floor(Date.parse(ctx.now()) / 1000) + ACCESS_TOKEN_SECONDS;
  return {
    accessToken: await tokens.issue({ organizationId, userId, sessionId: id, expiresAt }),
    refreshToken: `crt.${organizationId}.${id}.${family}.${turn}`,
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
  };
}
