export { attachDatabase, type Database, DatabaseError, openDatabase } from './database.ts';
export { lockFolder } from './folder-lock.ts';
export { foundOrganization, latestInstant, storedSecret } from './foundation.ts';
export { sqliteDeadLetters, sqliteOutbox } from './outbox.ts';
export { sqliteReceiptStore } from './receipt-store.ts';
export { sqliteTaskStore } from './task-store.ts';
export { sqliteTicketCounts } from './ticket-counts.ts';
export { sqliteTicketStore } from './ticket-store.ts';
export { sqliteUserStore } from './user-store.ts';
