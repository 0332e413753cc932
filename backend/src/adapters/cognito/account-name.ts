import { createHash } from 'node:crypto';

// What `formatId` makes. The pool ignores case, and these have none.
const OUR_USER_ID = /^usr_[0-9a-hjkmnp-tv-z]{26}$/;

/**
 * The name that a user signs in with, the same for good. Ids that we made are unique among all organizations and stand
 * for themselves. Those that callers brought are not, and may differ in case only: they get a name of their own form,
 * by a digest of organization and id.
 */
export function accountName(organizationId: string, userId: string): string {
  if (OUR_USER_ID.test(userId)) return userId;
  const digest = createHash('sha256')
    .update(JSON.stringify([organizationId, userId]))
    .digest('hex');
  // 128 bits, as short as can be without two users ever meeting: people type it.
  return `u-${digest.slice(0, 32)}`;
}
