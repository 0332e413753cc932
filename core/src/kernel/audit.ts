import type { Context } from './context.ts';

/**
 * The actions that the audit log records. Each service adds its own actions to this interface.
 * @public An augmentation needs the export.
 */
// biome-ignore lint/suspicious/noEmptyInterface: The kernel itself has no recorded actions.
export interface AuditActions {}
export type AuditAction = keyof AuditActions;

/** An entry of the audit log. It is never changed. It contains ids and scalars, but no secrets and no texts. */
export interface AuditEntry {
  readonly id: string;
  readonly organizationId: string;
  /** ISO 8601. */
  readonly time: string;
  readonly action: AuditAction;
  /** The user who did the action; null if the caller did not prove their identity. */
  readonly actorId: string | null;
  /** The API key of the request; null for a request without one. */
  readonly keyId: string | null;
  /** The user or resource that the action changed. */
  readonly subjectId: string | null;
  /** The network address that the request came from. */
  readonly address: string | null;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

/** Writes entries that belong to no change. All other entries are saved in the transaction of their change. */
export interface AuditTrail {
  append(entry: AuditEntry): Promise<void>;
}

/** Makes the entry for an action that the caller does now. */
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
