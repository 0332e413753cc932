import { analyses } from './analyses.ts';
import { apiKeys } from './api-keys.ts';
import { audit } from './audit.ts';
import type { ApiHost } from './host.ts';
import { organizations } from './organizations.ts';
import { idempotent, service } from './service.ts';
import { sourceSystems } from './source-systems.ts';
import { apiTable } from './table.ts';
import { tasks } from './tasks.ts';
import { conversing, creating, deleting, listing, patching, reading, replacing } from './tickets.ts';
import { triage } from './triage.ts';
import { users } from './users.ts';

/** Every table of the API, against one kind of host. `open` gives an empty one. */
export function everyTable(open: () => Promise<ApiHost>): void {
  apiTable('creating a ticket', open, creating);
  apiTable('reading a ticket', open, reading);
  apiTable('replacing a ticket', open, replacing);
  apiTable('patching a ticket', open, patching);
  apiTable('deleting and restoring a ticket', open, deleting);
  apiTable('messages and history', open, conversing);
  apiTable('listing tickets', open, listing);
  apiTable('analyses', open, analyses);
  apiTable('triage', open, triage);
  apiTable('tasks', open, tasks);
  apiTable('users', open, users);
  apiTable('API keys', open, apiKeys);
  apiTable('organizations', open, organizations);
  apiTable('the audit log', open, audit);
  apiTable('the service', open, service);
  apiTable('idempotency keys', open, idempotent);
  apiTable('the systems that Curlew takes over', open, sourceSystems);
}
