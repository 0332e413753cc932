import { hash, randomBytes } from 'node:crypto';
import type { SessionSecrets } from '@curlew/core/session';

export const sessionSecrets: SessionSecrets = {
  make: () => randomBytes(24).toString('base64url'),
  // There are too many of them to be guessed, so there is nothing to slow down.
  digest: (text) => hash('sha256', text),
};
