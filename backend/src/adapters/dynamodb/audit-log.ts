import type { AuditLog } from '@curlew/core/audit';
import { text } from './attributes.ts';
import { query, transact } from './calls.ts';
import { AUDIT_ENTRY, putAudit } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';

/** All entries of an organization are in one partition, ordered by time. */
export function dynamoAuditLog(db: Dynamo): AuditLog {
  return {
    append: (entry) => transact(db, putAudit(db, [entry])),

    async list(organizationId, { limit, sort, after }) {
      const pk = `A#${organizationId}`;
      const { Items = [], LastEvaluatedKey: last } = await query(db, {
        TableName: tableOf(db, 'audit'),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after[0] } }),
        ScanIndexForward: sort === 'createdAt',
        ConsistentRead: true,
        Limit: limit,
      });
      const items = Items.map(({ entry }) => AUDIT_ENTRY.get(entry));
      return last === undefined ? { items } : { items, next: [text().get(last.sk)] };
    },
  };
}
