export { type Dynamo, dynamo } from './client.ts';
export { foundAdmin, storedSecret } from './foundation.ts';
export { dynamoReceiptStore } from './receipt-store.ts';
export { dynamoRequestCounts } from './request-counts.ts';
export { TABLES, type TableDesign, type TableName } from './tables.ts';
export { dynamoTaskStore, dynamoTicketLookup } from './task-store.ts';
export { dynamoTicketCounts } from './ticket-counts.ts';
export { dynamoTicketStore } from './ticket-store.ts';
export { dynamoUserStore } from './user-store.ts';
