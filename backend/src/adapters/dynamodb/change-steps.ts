import { hash } from 'node:crypto';
import { type AnyEvent, type AuditEntry, type Receipt, ReceiptTakenError, receiptCreatedAt } from '@curlew/core/kernel';
import { json, mapOf, nullable, number, plainMap, text, textOrEmpty } from './attributes.ts';
import type { Item, Step } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';
import { EVENT, placeKey } from './keys.ts';

export const AUDIT_ENTRY = mapOf<Omit<AuditEntry, 'organizationId'>>({
  id: text(),
  time: text(),
  action: text(),
  actorId: nullable(text()),
  keyId: nullable(text()),
  subjectId: nullable(text()),
  address: nullable(text()),
  requestId: nullable(text()),
  details: plainMap(),
});

export const RECEIPT = mapOf<Omit<Receipt, 'key'>>({
  fingerprint: text(),
  status: number,
  headers: json(),
  body: textOrEmpty,
  expiresAt: text(),
});

/** A write that is refused if an item with its key exists. */
export function putNew(table: string, item: Item, refused: Step['refused']): Step {
  return {
    write: { Put: { TableName: table, Item: { ...item }, ConditionExpression: 'attribute_not_exists(pk)' } },
    ...(refused === undefined ? {} : { refused }),
  };
}

/** Writes an event into its subject's partition. This item is the history entry and the stream's source of events. */
export function putEvent(table: string, pk: string, event: AnyEvent, privateChanges: readonly unknown[] = []): Step {
  const item = {
    pk,
    sk: placeKey(EVENT, event.sequence),
    event: JSON.stringify(event),
    ...(privateChanges.length === 0 ? {} : { written: JSON.stringify(privateChanges) }),
  };
  return { ...putNew(table, item, undefined), time: event.time };
}

/** Writes the audit entries of a change. */
export function putAudit(db: Dynamo, entries: readonly AuditEntry[] = []): Step[] {
  return entries.map((entry) => {
    const key = { pk: `A#${entry.organizationId}`, sk: `${entry.time}#${entry.id}` };
    return putNew(tableOf(db, 'audit'), { ...key, entry: AUDIT_ENTRY.put(entry) }, undefined);
  });
}

/** Writes the receipt of a change, if it has one. An unexpired receipt with the same key refuses the whole change. */
export function putReceipt(db: Dynamo, receipt: Receipt | undefined): Step[] {
  if (receipt === undefined) return [];
  const item = {
    ...receiptKey(receipt.key),
    ...RECEIPT.put(receipt),
    expires: Math.ceil(Date.parse(receipt.expiresAt) / 1000),
  };
  return [
    {
      write: {
        Put: {
          TableName: tableOf(db, 'ephemeral'),
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
          ExpressionAttributeValues: { ':now': receiptCreatedAt(receipt) },
        },
      },
      refused: () => new ReceiptTakenError(),
    },
  ];
}

/** Hashes the receipt's key, which can be longer than a DynamoDB key allows. It starts with the organization's id. */
export function receiptKey(key: string): Item {
  return { pk: `R#${key.slice(0, key.indexOf(' '))}#${hash('sha256', key)}`, sk: 'A' };
}
