import type { Credential, FailedTries, PasswordTokenRecord, SessionRecord } from '@curlew/core/session';
import { columnsOf, integer, nullable, readerOf, text } from './columns.ts';

export const SESSION = columnsOf<SessionRecord>({
  organizationId: text('organization_id'),
  id: text('id'),
  userId: text('user_id'),
  createdAt: text('created_at'),
  refreshedAt: text('refreshed_at'),
  expiresAt: text('expires_at'),
  familyDigest: text('family_digest'),
  latestDigest: text('turn_digest'),
  refreshKeyDigest: nullable(text('refresh_key_digest')),
});

export const PASSWORD_TOKEN = columnsOf<PasswordTokenRecord>({
  organizationId: text('organization_id'),
  userId: text('user_id'),
  kind: text('kind'),
  digest: text('digest'),
  expiresAt: text('expires_at'),
});

export const FAILED_TRIES = columnsOf<FailedTries>({
  failures: integer('failures'),
  blockedUntil: text('blocked_until'),
  expiresAt: text('expires_at'),
});

export const PASSWORD_HASH = text('hash');

export const MEMBERSHIP = readerOf<Credential>({
  organizationId: text('users.organization_id'),
  userId: text('users.id'),
  hash: text('credentials.hash'),
});
