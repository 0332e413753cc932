import { Logger } from '@aws-lambda-powertools/logger';
import { onUserEvent, UserEvent } from '@curlew/core/user';
import { cognitoAccounts } from '../../adapters/cognito/accounts.ts';
import { cognito } from '../../adapters/cognito/client.ts';
import { dynamo } from '../../adapters/dynamodb/client.ts';
import { dynamoUserLookup } from '../../adapters/dynamodb/user-store.ts';
import { readAccountsConfig, readTablesConfig } from './config.ts';
import { consumeEvent } from './consume-event.ts';

const logger = new Logger();
const { poolId, rolesWithAccounts } = readAccountsConfig();
const ports = {
  users: dynamoUserLookup(dynamo(readTablesConfig().tables)),
  accounts: cognitoAccounts(cognito(), poolId),
  rolesWithAccounts,
};

/** Keeps the accounts of the user pool in step with the users. */
export const handler = consumeEvent(UserEvent, (event) => onUserEvent(ports, event), {
  error: (message, fields) => logger.error(message, fields),
});
