import type { TableDesign } from '../../../backend/src/services/service-types.ts';
import { TABLES } from '../../../backend/src/services/tables.ts';
import { ifElse } from './intrinsics.ts';
import { named, tableId } from './names.ts';
import type { Section } from './section.ts';

export function tables(): Section {
  const designs: readonly TableDesign[] = Object.values(TABLES);
  return {
    comment: 'Tables: one per service, and one for items that expire. All are paid per request.',
    resources: Object.fromEntries(designs.map((design) => [tableId(design.name), table(design)])),
  };
}

function table(design: TableDesign): Section['resources'][string] {
  const attributes = ['pk', 'sk', ...design.indexes.flatMap(({ partition, sort }) => [partition, sort])];
  return {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      TableName: named(design.name),
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...new Set(attributes)].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      KeySchema: keys('pk', 'sk'),
      ...(design.indexes.length > 0
        ? {
            GlobalSecondaryIndexes: design.indexes.map(({ name, partition, sort, include }) => ({
              IndexName: name,
              KeySchema: keys(partition, sort),
              Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: include },
            })),
          }
        : {}),
      ...(design.stream ? { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } } : {}),
      // A table of expiring items needs no backup.
      ...(design.expires === undefined
        ? {
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: ifElse('IsProduction', true, false) },
            DeletionProtectionEnabled: ifElse('IsProduction', true, false),
          }
        : { TimeToLiveSpecification: { AttributeName: design.expires, Enabled: true } }),
    },
  };
}

function keys(partition: string, sort: string) {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}
