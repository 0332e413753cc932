import { createHash } from 'node:crypto';

/**
 * The name that a user signs in with, the same for good: a digest of organization and user. Ids of users are unique in
 * their organization only, callers may bring their own, and the pool ignores case.
 */
export function accountName(organizationId: string, userId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([organizationId, userId]))
    .digest('hex');
  // 128 bits, as short as can be without two users ever meeting: people type it.
  return `u-${digest.slice(0, 32)}`;
}
