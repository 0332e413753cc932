import * as z from 'zod';
import { Instant, line, RIGHTS, type Right, UserId } from '../kernel/index.ts';

const instant = z.string().meta({ format: 'date-time' });

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  userId: z.string().meta({ description: 'The user whose rights the key uses, as far as its scopes go.' }),
  scopes: z.array(z.enum(RIGHTS)).meta({ description: 'The rights that the key brings, if its user has them.' }),
  start: z.string().meta({ description: 'How the key begins, to recognise it by.' }),
  createdAt: instant,
  createdById: z.string().meta({ description: 'The user who made it.' }),
  expiresAt: instant.nullable().meta({ description: 'From then on it does not work any more; null is never.' }),
  lastUsedAt: instant.nullable().meta({ description: 'To the hour; null before its first use.' }),
  version: z.int().min(1),
});
export type ApiKey = z.infer<typeof ApiKey>;

export interface ApiKeyRecord {
  readonly organizationId: string;
  readonly apiKey: ApiKey;
  /** Of the key's text, which nobody keeps. */
  readonly digest: string;
  /** Set for good. */
  readonly revokedAt: string | null;
}

/** A key with its text, which is shown this once. */
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
  scopes: z
    .array(Scope)
    .min(1)
    .max(50)
    .meta({ description: '`read` stands for all rights that end in `:read`, `write` for every right there is.' }),
  expiresAt: Instant.nullable().optional(),
  userId: UserId.optional().meta({ description: 'The caller unless given; admins may name others.' }),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

/** The rights that scopes stand for, each once and in the order of `RIGHTS`. */
export function rightsIn(scopes: readonly Scope[]): Right[] {
  const rights = new Set(
    scopes.flatMap((scope): readonly Right[] => (scope === 'read' || scope === 'write' ? SHORTHANDS[scope] : [scope])),
  );
  return RIGHTS.filter((right) => rights.has(right));
}
