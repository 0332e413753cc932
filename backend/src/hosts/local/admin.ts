import { randomInt } from 'node:crypto';
import { type Context, CurlewError } from '@curlew/core/kernel';
import { givePassword, type Passwords, type SessionStore } from '@curlew/core/session';
import { patchUser, type UserStore } from '@curlew/core/user';
import { DEFAULT_ORGANIZATION } from '../default-organization.ts';

interface Ports {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly now: Context['now'];
  readonly wallNow: Context['wallNow'];
  readonly newId: Context['newId'];
}

/** The first admin, who can sign in from the start. */
export interface Admin {
  readonly email: string;
  /** The origin of the password: generated at this start, taken from the configuration, or set before. */
  readonly password: { readonly generated: string } | 'configured' | 'existing';
}

/** An error whose message tells the operator in one sentence why the first admin cannot sign in. */
export class AdminError extends Error {}

/**
 * Gives the first admin an address and a password if they are missing. Resolves with undefined if the admin's account
 * is no longer active. Throws `AdminError`.
 */
export async function setUpFirstAdmin(
  ports: Ports,
  { email, password }: { readonly email: string; readonly password: string | undefined },
): Promise<Admin | undefined> {
  const { users, sessions } = ports;
  const { id: organizationId, adminId: userId } = DEFAULT_ORGANIZATION;
  const found = await users.find(organizationId, userId);
  if (found === undefined || found.deletedAt !== null || !found.user.active) return undefined;
  const address = found.user.email ?? email;
  if (found.user.email === null) await giveAddress(ports, email);
  if ((await sessions.findPasswordHash(organizationId, userId)) !== undefined)
    return { email: address, password: 'existing' };
  const given = password ?? newPassword();
  try {
    await givePassword({ ...ports, now: ports.wallNow }, organizationId, { id: userId, email: address }, given);
  } catch (error) {
    if (!(error instanceof CurlewError) || error.code !== 'invalid_request') throw error;
    throw new AdminError('CURLEW_ADMIN_PASSWORD must not be the address of the admin.');
  }
  return { email: address, password: password === undefined ? { generated: given } : 'configured' };
}

async function giveAddress(ports: Ports, email: string): Promise<void> {
  try {
    await patchUser({ ctx: contextOf(ports), users: ports.users }, DEFAULT_ORGANIZATION.adminId, { email }, undefined);
  } catch (error) {
    if (!(error instanceof CurlewError) || error.code !== 'email_taken') throw error;
    throw new AdminError(`${email} is already the address of another user; set CURLEW_ADMIN_EMAIL to the admin's.`);
  }
}

// No characters that look alike, such as `l` and `1`. A password of 20 such characters has 98 bits.
const LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';

/** A random password that is easy to read aloud: four groups of five characters. */
export function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return [group(), group(), group(), group()].join('-');
}

/** The context in which the server itself acts as the admin. */
function contextOf({ now, wallNow, newId }: Ports): Context {
  return {
    actor: {
      organizationId: DEFAULT_ORGANIZATION.id,
      userId: DEFAULT_ORGANIZATION.adminId,
      role: 'admin',
      operator: true,
    },
    requestId: '',
    now,
    wallNow,
    newId,
    runExclusive: (_, work) => work(),
    pause: async () => {},
  };
}
