import { type Actor, CurlewError } from '@curlew/core/kernel';
import type { Platform } from '../../http/app.ts';
import type { Auth } from './config.ts';

/** The organization that is there from the start in open mode, and its admin. */
export const DEFAULT_ORGANIZATION = { organizationId: 'default', adminId: 'usr_admin' } as const;

const EVERYONE: Actor = {
  organizationId: DEFAULT_ORGANIZATION.organizationId,
  userId: DEFAULT_ORGANIZATION.adminId,
  role: 'admin',
  operator: true,
};
// Only what is the same for all is answered for nobody in particular.
const NOBODY: Actor = { organizationId: '', userId: '', role: 'customer' };

/** Who asks. In open mode everyone is the admin; else nobody is anyone until there is sign-in. */
export function admission(auth: Auth): Platform['authenticate'] {
  return (_, open) => {
    if (auth === 'open') return EVERYONE;
    if (open) return NOBODY;
    throw new CurlewError('unauthenticated', 'This deployment wants callers to sign in.', {
      details: { headers: { 'www-authenticate': 'Bearer' } },
    });
  };
}
