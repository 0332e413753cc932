import { hash, randomBytes } from 'node:crypto';
import type { SessionSecrets } from '@curlew/core/session';

export const sessionSecrets: SessionSecrets = {
  make: () => randomBytes(24).toString('base64url'),
  // Random tokens are too long to guess, so a fast hash is enough.
  digest: (text) => hash('sha256', text),
};
