import type { Context } from './context.ts';

/** What the audit log records. Each service adds its own actions to this interface. */
// biome-ignore lint/suspicious/noEmptyInterface: The kernel itself does nothing that is recorded.
export interface AuditActions {}
export type AuditAction = keyof AuditActions;

/** An entry of the audit log: written once, and never changed. It holds ids and scalars, no secrets and no texts. */
export interface AuditEntry {
  readonly id: string;
  readonly organizationId: string;
  /** ISO 8601. */
  readonly time: string;
  readonly action: AuditAction;
  /** Who did it; null for somebody who could not prove who they are. */
  readonly actorId: string | null;
  /** The API key that they came with. */
  readonly keyId: string | null;
  /** Whom or what it was done to. */
  readonly subjectId: string | null;
  /** Where the request came from. */
  readonly address: string | null;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

/** Where entries go that belong to no change; those that do are written with it. */
export interface AuditTrail {
  append(entry: AuditEntry): Promise<void>;
}

/** The entry for what the caller does now. */
export function auditOf(
  ctx: Pick<Context, 'actor' | 'now' | 'newId'> & Partial<Pick<Context, 'address' | 'requestId'>>,
  action: AuditAction,
  subjectId: string,
  details: AuditEntry['details'] = {},
): AuditEntry {
  const { organizationId, userId, keyId } = ctx.actor;
  return {
    id: ctx.newId('aud'),
    organizationId,
    time: ctx.now(),
    action,
    actorId: userId,
    keyId: keyId ?? null,
    subjectId,
    address: ctx.address || null,
    requestId: ctx.requestId || null,
    details,
  };
}
