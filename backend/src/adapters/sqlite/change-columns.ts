import type { AuditEntry } from '@curlew/core/audit';
import type { AnyEvent, PlacedEvent, Receipt } from '@curlew/core/kernel';
import { columnsOf, integer, json, nullable, text } from './columns.ts';

export const EVENT = columnsOf<AnyEvent>({
  id: text('id'),
  organizationId: text('organization_id'),
  subject: text('subject'),
  sequence: integer('sequence'),
  type: text('type'),
  time: text('time'),
  actorId: text('actor_id'),
  data: json('data'),
});

export const PLACED_EVENT = columnsOf<PlacedEvent>({ position: integer('position'), event: EVENT });

export const AUDIT_ENTRY = columnsOf<AuditEntry>({
  id: text('id'),
  time: text('time'),
  action: text('action'),
  actorId: nullable(text('actor_id')),
  keyId: nullable(text('key_id')),
  subjectId: nullable(text('subject_id')),
  address: nullable(text('address')),
  requestId: nullable(text('request_id')),
  details: json('details'),
});

export const RECEIPT = columnsOf<Receipt>({
  key: text('key'),
  fingerprint: text('fingerprint'),
  status: integer('status'),
  headers: json('headers'),
  body: text('body'),
  expiresAt: text('expires_at'),
});
