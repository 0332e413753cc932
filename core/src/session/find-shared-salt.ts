import type { Membership, SessionStore } from './ports.ts';

/**
 * Finds the hash of another account with the same address, in any organization. A new hash for the address uses its salt:
 * one slow computation then checks a password against all accounts of the address, so the time of a sign-in does not
 * show their number.
 */
export async function findSharedSalt(
  { sessions }: { readonly sessions: Pick<SessionStore, 'findMemberships'> },
  email: string | null,
  { organizationId, userId }: Membership,
): Promise<string | undefined> {
  if (email === null) return undefined;
  const members = await sessions.findMemberships(email);
  return members.find((one) => one.organizationId !== organizationId || one.userId !== userId)?.hash;
}
