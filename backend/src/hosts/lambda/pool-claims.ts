import type { UserRecord } from '@curlew/core/user';
import { ATTRIBUTES } from '../../adapters/cognito/attributes.ts';
import { CLAIMS } from './pool-proof.ts';

/** What an access token is to say of an account; undefined where it is nobody's, or somebody's who may not come in. */
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
