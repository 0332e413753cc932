import {
  createFirstOrganization,
  type Dynamo,
  dynamoApiKeyStore,
  dynamoUserLookup,
} from '../../backend/src/adapters/dynamodb/index.ts';
import { adminKey } from '../../backend/src/hosts/admin-key.ts';
import { orderClock } from '../../backend/src/hosts/clocks.ts';
import { DEFAULT_ORGANIZATION } from '../../backend/src/hosts/default-organization.ts';

type Organization = Parameters<typeof createFirstOrganization>[1];

/**
 * Creates an API key for an organization's first admin. Creates the organization and the admin if they do not exist.
 * Needs the tables of users and of the audit log.
 */
export async function firstKey(db: Dynamo, organization: Organization = DEFAULT_ORGANIZATION): Promise<string> {
  await createFirstOrganization(db, organization, orderClock().iso());
  const stores = { keys: dynamoApiKeyStore(db), users: dynamoUserLookup(db) };
  const { id: organizationId, adminId: userId } = organization;
  return adminKey(stores, { organizationId, userId, name: 'Made by the operator' });
}
