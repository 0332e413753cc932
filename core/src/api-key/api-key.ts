import * as z from 'zod';
import { Instant, line, RIGHTS, type Right, type Role, UserId } from '../kernel/index.ts';

declare module '../kernel/ids.ts' {
  interface IdPrefixes {
    key: 'API key';
  }
}

declare module '../kernel/errors.ts' {
  interface ErrorCodes {
    too_many_api_keys: true;
  }
}

declare module '../kernel/audit.ts' {
  interface AuditActions {
    'api_key.created': true;
    'api_key.used': true;
    'api_key.revoked': true;
  }
}

const instant = z.string().meta({ format: 'date-time' });

/** A key with which a program calls the API for a user. The text of the key is shown once, when the key is created. */
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  userId: z.string(),
  scopes: z.array(z.enum(RIGHTS)),
  start: z.string(),
  createdAt: instant,
  createdById: z.string(),
  createdByKeyId: z.string().nullable(),
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  version: z.int().min(1),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** An API key as a store saves it. */
export interface ApiKeyRecord {
  readonly organizationId: string;
  readonly apiKey: ApiKey;
  /** Digest of the key's text. The text itself is not stored. */
  readonly digest: string;
  /** ISO 8601; null for a valid key. A revoked key never becomes valid again. */
  readonly revokedAt: string | null;
  /** Whether the key has operator rights, while its user is an operator. Only the operator can create such a key. */
  readonly operator: boolean;
  /** The creator's role at that time, which the key's role never exceeds; null for a key from before this was stored. */
  readonly createdByRole: Role | null;
  /** The first key in the chain of keys that this key was created with; null for a key without such a chain. */
  readonly rootKeyId: string | null;
  /** Whether the creator was signed in with an access token. Such a key ends when the creator's sessions are revoked. */
  readonly signedIn: boolean;
}

/** A new key with its text. The text is shown only this once. */
export interface IssuedApiKey {
  readonly record: ApiKeyRecord;
  readonly text: string;
}

const SHORTHANDS = {
  read: RIGHTS.filter((right) => right.endsWith(':read')),
  write: RIGHTS,
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export const Scope = z.enum([...RIGHTS, 'read', 'write']);
export type Scope = z.infer<typeof Scope>;

export const NewApiKey = z.strictObject({
  name: line(1, 100),
  scopes: z.array(Scope).min(1).max(50),
  expiresAt: Instant.nullable().optional(),
  userId: UserId.optional(),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

/** The rights that the scopes include, without duplicates and in the order of `RIGHTS`. */
export function rightsIn(scopes: readonly Scope[]): Right[] {
  const rights = new Set(
    scopes.flatMap((scope): readonly Right[] => (scope === 'read' || scope === 'write' ? SHORTHANDS[scope] : [scope])),
  );
  return RIGHTS.filter((right) => rights.has(right));
}
