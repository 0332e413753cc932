import type { Actor } from '@curlew/core/kernel';
import type { Platform } from '../../http/app.ts';
import { authentication, type Proof } from '../../http/authenticate.ts';
import type { Auth } from './config.ts';

/** The organization that is there from the start in open mode, and its admin. */
export const DEFAULT_ORGANIZATION = { id: 'default', name: 'Default', adminId: 'usr_admin' } as const;

const EVERYONE: Actor = {
  organizationId: DEFAULT_ORGANIZATION.id,
  userId: DEFAULT_ORGANIZATION.adminId,
  role: 'admin',
  operator: true,
};

/** Who asks. In open mode everyone is the admin; else whoever proves who they are. */
export function admission(auth: Auth, proofs: readonly Proof[]): Pick<Platform, 'authenticate' | 'forgetCallers'> {
  if (auth === 'open') return { authenticate: () => EVERYONE };
  const { authenticate, forget } = authentication(proofs, Date.now);
  return { authenticate, forgetCallers: forget };
}
