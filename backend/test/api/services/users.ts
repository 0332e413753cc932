import { apiKeys } from '../api-keys.ts';
import { audit } from '../audit.ts';
import { organizations } from '../organizations.ts';
import type { Tables } from '../requests.ts';
import { users } from '../users.ts';

export const tables: Tables = { users, 'API keys': apiKeys, organizations, 'the audit log': audit };
