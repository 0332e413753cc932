import {
  type Dynamo,
  dynamoApiKeyStore,
  dynamoUserLookup,
  foundOrganization,
} from '../../backend/src/adapters/dynamodb/index.ts';
import { adminKey } from '../../backend/src/hosts/admin-key.ts';
import { orderClock } from '../../backend/src/hosts/clocks.ts';
import { DEFAULT_ORGANIZATION } from '../../backend/src/hosts/default-organization.ts';

/** A new API key of the first admin, who is made too if need be. Needs the tables of users and of the audit log. */
export async function firstKey(db: Dynamo): Promise<string> {
  await foundOrganization(db, DEFAULT_ORGANIZATION, orderClock().iso());
  const stores = { keys: dynamoApiKeyStore(db), users: dynamoUserLookup(db) };
  const { id: organizationId, adminId: userId } = DEFAULT_ORGANIZATION;
  return adminKey(stores, { organizationId, userId, name: 'Made by the operator' });
}
