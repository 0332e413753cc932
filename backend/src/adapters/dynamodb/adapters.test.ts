import { createTask } from '@curlew/core/task';
import { describe } from 'vitest';
import { apiKeyStoreContract } from '../../../test/api-key-store.contract.ts';
import { auditLogContract } from '../../../test/audit-log.contract.ts';
import { contextOf } from '../../../test/context.ts';
import { describeOnDynamoDb, openTables } from '../../../test/dynamodb.ts';
import { organizationStoreContract } from '../../../test/organization-store.contract.ts';
import { receiptStoreContract } from '../../../test/receipt-store.contract.ts';
import { requestCountsContract } from '../../../test/request-counts.contract.ts';
import { taskStoreContract } from '../../../test/task-store.contract.ts';
import { ticketCountsContract } from '../../../test/ticket-counts.contract.ts';
import { ticketStoreContract } from '../../../test/ticket-store.contract.ts';
import { userStoreContract } from '../../../test/user-store.contract.ts';
import {
  createFirstOrganization,
  dynamoApiKeyStore,
  dynamoAuditLog,
  dynamoOrganizationStore,
  dynamoReceiptStore,
  dynamoRequestCounts,
  dynamoTaskStore,
  dynamoTicketCounts,
  dynamoTicketStore,
  dynamoUserStore,
  storedSecret,
} from './index.ts';

describeOnDynamoDb('DynamoDB', () => {
  describe('ticket store', () => {
    ticketStoreContract(async () => {
      const db = await openTables();
      return {
        // The local engine updates indexes at once and writes in milliseconds, so a short time is enough.
        tickets: dynamoTicketStore(db, { settleMilliseconds: 200 }),
        receipt: (key) => dynamoReceiptStore(db).find(key, new Date().toISOString()),
      };
    }, 1500);
  });

  async function founded() {
    const db = await openTables();
    for (const id of ['org_a', 'org_b']) {
      await createFirstOrganization(db, { id, name: id, adminId: 'usr_admin' }, new Date().toISOString());
    }
    return { db, addressKey: await storedSecret(db, 'users') };
  }

  describe('user store', () => {
    userStoreContract(async () => {
      const { db, addressKey } = await founded();
      return dynamoUserStore(db, addressKey);
    });
  });

  describe('API key store', () => {
    apiKeyStoreContract(async () => dynamoApiKeyStore(await openTables()));
  });

  describe('organization store', () => {
    organizationStoreContract(async () => {
      const { db, addressKey } = await founded();
      return {
        organizations: dynamoOrganizationStore(db, addressKey),
        users: dynamoUserStore(db, addressKey),
      };
    });
  });

  describe('task store', () => {
    taskStoreContract(async () => dynamoTaskStore(await openTables()));
  });

  requestCountsContract(async () => dynamoRequestCounts(await openTables()));

  describe('ticket counts', () => {
    ticketCountsContract(async () => dynamoTicketCounts(await openTables()));
  });

  describe('audit log', () => {
    auditLogContract(async () => dynamoAuditLog(await openTables()));
  });

  describe('receipt store', () => {
    receiptStoreContract(async () => {
      const db = await openTables();
      const deps = { tasks: dynamoTaskStore(db), tickets: { exists: async () => true } };
      return {
        receipts: dynamoReceiptStore(db),
        async save(receipt) {
          await createTask({ ...deps, ctx: { ...contextOf(), receiptFor: () => receipt } }, { title: 'T' });
        },
      };
    });
  });
});
