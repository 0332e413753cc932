import { createHash } from 'node:crypto';

/**
 * The name that a user signs in with: a digest of the organization and the user. It never changes. The user id itself
 * cannot be the name: it is unique within its organization only, callers may choose it, and the pool ignores case.
 */
export function accountName(organizationId: string, userId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([organizationId, userId]))
    .digest('hex');
  // People type this name, so it is short; 128 bits still make a collision of two users practically impossible.
  return `u-${digest.slice(0, 32)}`;
}
