import { firstAdmin as makeFirstAdmin } from '@curlew/core/user';
import { cognitoAccounts } from '../../../adapters/cognito/accounts.ts';
import { cognito } from '../../../adapters/cognito/client.ts';
import { dynamoApiKeyStore } from '../../../adapters/dynamodb/api-key-store.ts';
import { dynamoAuditLog } from '../../../adapters/dynamodb/audit-log.ts';
import { createFirstOrganization, storedSecret } from '../../../adapters/dynamodb/foundation.ts';
import { dynamoOrganizationStore } from '../../../adapters/dynamodb/organization-store.ts';
import { dynamoUserLookup, dynamoUserStore } from '../../../adapters/dynamodb/user-store.ts';
import { wallClock } from '../../clocks.ts';
import { DEFAULT_ORGANIZATION } from '../../default-organization.ts';
import { keySecrets } from '../../key-secrets.ts';
import { readAccountsConfig } from '../config.ts';
import type { LambdaHost } from '../lambda-host.ts';

export const users = async (host: LambdaHost) => dynamoUserStore(host.db, await addressKey(host));
export const userLookup = ({ db }: LambdaHost) => dynamoUserLookup(db);
export const organizations = async (host: LambdaHost) => dynamoOrganizationStore(host.db, await addressKey(host));
export const firstAdmin = () => makeFirstAdmin;
export const apiKeys = ({ db }: LambdaHost) => dynamoApiKeyStore(db);
export const apiKeySecrets = () => keySecrets;
export const audit = ({ db }: LambdaHost) => dynamoAuditLog(db);
export const accounts = () => cognitoAccounts(cognito(), readAccountsConfig().poolId);
export const rolesWithAccounts = () => readAccountsConfig().rolesWithAccounts;

const addressKeys = new WeakMap<LambdaHost, Promise<Uint8Array>>();

/**
 * Reads the key of the email digests once per host; a failed read is repeated at the next call. In open mode, this also
 * creates the default organization.
 */
function addressKey(host: LambdaHost): Promise<Uint8Array> {
  const known = addressKeys.get(host);
  if (known !== undefined) return known;
  const reading = readAddressKey(host).catch((error) => {
    addressKeys.delete(host);
    throw error;
  });
  addressKeys.set(host, reading);
  return reading;
}

async function readAddressKey({ db, auth }: LambdaHost): Promise<Uint8Array> {
  const [key] = await Promise.all([
    storedSecret(db, 'users'),
    auth === 'open' ? createFirstOrganization(db, DEFAULT_ORGANIZATION, wallClock.iso()) : undefined,
  ]);
  return key;
}
