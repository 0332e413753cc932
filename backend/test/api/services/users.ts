import { apiKeyRequests, apiKeys } from '../api-keys.ts';
import { audit, auditRequests } from '../audit.ts';
import { organizationRequests, organizations } from '../organizations.ts';
import type { RequestsOf, Tables } from '../requests.ts';
import { userRequests, users } from '../users.ts';

export const requests: RequestsOf<'users'> = {
  ...userRequests,
  ...apiKeyRequests,
  ...organizationRequests,
  ...auditRequests,
};

export const tables: Tables = { users, 'API keys': apiKeys, organizations, 'the audit log': audit };
