import type { UserRecord } from '@curlew/core/user';
import { ATTRIBUTES } from '../../adapters/cognito/attributes.ts';
import { CLAIMS } from './pool-proof.ts';

/** The claims for an account's access token; undefined if the account belongs to no user or to an inactive user. */
export async function claimsFor(
  attributes: Readonly<Record<string, string>>,
  find: (organizationId: string, userId: string) => Promise<UserRecord | undefined>,
): Promise<Record<string, string> | undefined> {
  const organizationId = attributes[ATTRIBUTES.organization];
  const userId = attributes[ATTRIBUTES.user];
  if (organizationId === undefined || userId === undefined) return undefined;
  const found = await find(organizationId, userId);
  if (found === undefined) return undefined;
  return {
    [CLAIMS.organization]: organizationId,
    [CLAIMS.user]: userId,
    [CLAIMS.role]: found.user.role,
  };
}
