import {
  type AnyEvent,
  type AuditEntry,
  type Receipt,
  ReceiptTakenError,
  receiptCreatedAt,
  subjectKind,
} from '@curlew/core/kernel';
import { AUDIT_ENTRY, EVENT, RECEIPT } from './change-columns.ts';
import { insertSql, upsertSql } from './columns.ts';
import type { Database } from './database.ts';

/** The writes that every store makes in addition to its own rows. Call them inside a write. */
export interface ChangeWriters {
  /** Returns the event's position. */
  event(event: AnyEvent, privateChanges?: readonly unknown[]): number;
  audit(entry: AuditEntry | undefined): void;
  /** Throws `ReceiptTakenError`. */
  receipt(receipt: Receipt | undefined): void;
}

export function changeWriters(database: Database): ChangeWriters {
  const insertEvent = database.prepare(insertSql('events', [...EVENT.select, 'service', 'private_changes']));
  const insertReceipt = database.prepare(`${upsertSql('receipts', RECEIPT.select, ['key'])} WHERE expires_at <= ?`);
  const insertAudit = database.prepare(insertSql('audit', ['organization_id', ...AUDIT_ENTRY.select]));
  return {
    event(event, privateChanges = []) {
      const { lastInsertRowid } = insertEvent.run(
        ...EVENT.put(event),
        subjectKind(event.type),
        privateChanges.length === 0 ? null : JSON.stringify(privateChanges),
      );
      return Number(lastInsertRowid);
    },
    audit(entry) {
      if (entry === undefined) return;
      insertAudit.run(entry.organizationId, ...AUDIT_ENTRY.put(entry));
    },
    receipt(receipt) {
      if (receipt === undefined) return;
      const { changes } = insertReceipt.run(...RECEIPT.put(receipt), receiptCreatedAt(receipt));
      if (changes === 0) throw new ReceiptTakenError();
    },
  };
}
