import { createTask } from '@curlew/core/task';
import { afterAll, beforeAll, describe } from 'vitest';
import { contextOf } from '../../../test/context.ts';
import { type LocalDynamo, NO_DYNAMODB, startLocalDynamo } from '../../../test/dynamodb.ts';
import { receiptStoreContract } from '../../../test/receipt-store.contract.ts';
import { requestCountsContract } from '../../../test/request-counts.contract.ts';
import { taskStoreContract } from '../../../test/task-store.contract.ts';
import { ticketCountsContract } from '../../../test/ticket-counts.contract.ts';
import { ticketStoreContract } from '../../../test/ticket-store.contract.ts';
import { userStoreContract } from '../../../test/user-store.contract.ts';
import {
  dynamoReceiptStore,
  dynamoRequestCounts,
  dynamoTaskStore,
  dynamoTicketCounts,
  dynamoTicketStore,
  dynamoUserStore,
  foundAdmin,
  storedSecret,
} from './index.ts';

describe.skipIf(NO_DYNAMODB)(`DynamoDB${NO_DYNAMODB === undefined ? '' : ` (skipped: ${NO_DYNAMODB})`}`, () => {
  let local: LocalDynamo;
  beforeAll(async () => {
    local = await startLocalDynamo();
  }, 60_000);
  afterAll(() => local?.stop());

  describe('ticket store', () => {
    ticketStoreContract(async () => {
      const db = await local.open();
      return {
        // Here an index lags by no time at all, and a write takes milliseconds.
        tickets: dynamoTicketStore(db, { settleMilliseconds: 200 }),
        receipt: (key) => dynamoReceiptStore(db).find(key, new Date().toISOString()),
      };
    }, 1500);
  });

  describe('user store', () => {
    userStoreContract(async () => {
      const db = await local.open();
      for (const organizationId of ['org_a', 'org_b']) {
        await foundAdmin(db, { organizationId, adminId: 'usr_admin', now: new Date().toISOString() });
      }
      return dynamoUserStore(db, await storedSecret(db, 'users'));
    });
  });

  describe('task store', () => {
    taskStoreContract(async () => dynamoTaskStore(await local.open()));
  });

  requestCountsContract(async () => dynamoRequestCounts(await local.open()));

  describe('ticket counts', () => {
    ticketCountsContract(async () => dynamoTicketCounts(await local.open()));
  });

  describe('receipt store', () => {
    receiptStoreContract(async () => {
      const db = await local.open();
      const verb = { tasks: dynamoTaskStore(db), tickets: { exists: async () => true } };
      return {
        receipts: dynamoReceiptStore(db),
        async save(receipt) {
          await createTask({ ...verb, ctx: { ...contextOf(), receiptFor: () => receipt } }, { title: 'T' });
        },
      };
    });
  });
});
