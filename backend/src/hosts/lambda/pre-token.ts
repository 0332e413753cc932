import { Logger } from '@aws-lambda-powertools/logger';
import { findActiveUser } from '@curlew/core/session';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { dynamo } from '../../adapters/dynamodb/client.ts';
import { dynamoUserLookup } from '../../adapters/dynamodb/user-store.ts';
import { readTablesConfig } from './config.ts';
import { claimsFor } from './pool-claims.ts';

const logger = new Logger();
const users = dynamoUserLookup(dynamo(readTablesConfig().tables));

/**
 * Cognito calls this function before it makes tokens (pre token generation, version 2). An account without an active
 * user gets no token. All other access tokens get claims that name the user.
 */
export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> {
  const claims = await claimsFor(event.request.userAttributes, (organizationId, userId) =>
    findActiveUser({ users }, organizationId, userId),
  );
  if (claims === undefined) {
    logger.info('no token for an inactive account', { userName: event.userName });
    throw new Error('This account is not active.');
  }
  return {
    ...event,
    response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: claims } } },
  };
}
