import type { Platform } from '../../http/app.ts';
import { authentication, type Proof } from '../../http/authenticate.ts';
import { DEFAULT_ADMIN } from '../default-organization.ts';
import type { Auth } from './config.ts';

/** Who asks. In open mode everyone is the admin; else whoever proves who they are. */
export function admission(auth: Auth, proofs: readonly Proof[]): Pick<Platform, 'authenticate' | 'forgetCallers'> {
  if (auth === 'open') return { authenticate: () => DEFAULT_ADMIN };
  const { authenticate, forget } = authentication(proofs, Date.now);
  return { authenticate, forgetCallers: forget };
}
