import type { Platform } from '../../http/app.ts';
import { authentication, type Proof } from '../../http/authenticate.ts';
import { DEFAULT_ADMIN } from '../default-organization.ts';
import type { Auth } from './config.ts';

/** Authenticates callers. In open mode every caller is the admin; otherwise callers need a valid token or API key. */
export function admission(auth: Auth, proofs: readonly Proof[]): Pick<Platform, 'authenticate' | 'forgetCallers'> {
  if (auth === 'open') return { authenticate: () => DEFAULT_ADMIN };
  const { authenticate, forget } = authentication(proofs, Date.now);
  return { authenticate, forgetCallers: forget };
}
