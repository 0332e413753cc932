import { createHmac, hash, randomBytes } from 'node:crypto';
import type { SessionSecrets } from '@curlew/core/session';

// Random tokens are too long to guess, so a fast hash is enough.
export const digestOf: SessionSecrets['digest'] = (text) => hash('sha256', text);

/** `key` is a secret of this installation. */
export function sessionSecrets(key: Uint8Array): SessionSecrets {
  return {
    make: () => randomBytes(24).toString('base64url'),
    digest: digestOf,
    successor: (token) => createHmac('sha256', key).update(token).digest('base64url'),
  };
}
