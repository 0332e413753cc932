import {
  type AnyEvent,
  type AuditEntry,
  madeAt,
  type Receipt,
  ReceiptTakenError,
  subjectKind,
} from '@curlew/core/kernel';
import type { Database } from './database.ts';

/** What every store writes beside its own rows, to be called inside a write. */
export interface Saving {
  /** Returns the event's position. */
  event(event: AnyEvent, privateChanges?: readonly unknown[]): number;
  audit(entry: AuditEntry | undefined): void;
  /** Throws `ReceiptTakenError`. */
  receipt(receipt: Receipt | undefined): void;
}

export function saving(database: Database): Saving {
  const insertEvent = database.prepare(
    `INSERT INTO events (id, organization_id, service, subject, sequence, type, time, actor_id, data, private_changes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertReceipt = database.prepare(
    `INSERT INTO receipts (key, fingerprint, status, headers, body, expires_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
       headers = excluded.headers, body = excluded.body, expires_at = excluded.expires_at
     WHERE expires_at <= ?`,
  );
  const insertAudit = database.prepare(
    `INSERT INTO audit
       (organization_id, id, time, action, actor_id, key_id, subject_id, address, request_id, details)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    event(event, privateChanges = []) {
      const { lastInsertRowid } = insertEvent.run(
        event.id,
        event.organizationId,
        subjectKind(event.type),
        event.subject,
        event.sequence,
        event.type,
        event.time,
        event.actorId,
        JSON.stringify(event.data),
        privateChanges.length === 0 ? null : JSON.stringify(privateChanges),
      );
      return Number(lastInsertRowid);
    },
    audit(entry) {
      if (entry === undefined) return;
      const { organizationId, id, time, action, actorId, keyId, subjectId, address, requestId, details } = entry;
      const who = [actorId, keyId, subjectId, address, requestId];
      insertAudit.run(organizationId, id, time, action, ...who, JSON.stringify(details));
    },
    receipt(receipt) {
      if (receipt === undefined) return;
      const { key, fingerprint, status, headers, body, expiresAt } = receipt;
      const row = [key, fingerprint, status, JSON.stringify(headers), body, expiresAt];
      if (insertReceipt.run(...row, madeAt(receipt)).changes === 0) throw new ReceiptTakenError();
    },
  };
}
