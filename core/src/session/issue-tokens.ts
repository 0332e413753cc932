import type { SessionDeps } from './deps.ts';
import { ACCESS_TOKEN_SECONDS, type SessionRecord, type Tokens } from './session.ts';

/**
 * Issues an access token and a refresh token for a session. `latest` is the part that only the latest refresh token has.
 */
export async function issueTokens(
  { ctx, tokens }: SessionDeps,
  { organizationId, userId, id }: SessionRecord,
  { family, latest }: { family: string; latest: string },
): Promise<Tokens> {
  const expiresAt = Math.floor(Date.parse(ctx.wallNow()) / 1000) + ACCESS_TOKEN_SECONDS;
  return {
    accessToken: await tokens.issue({ organizationId, userId, sessionId: id, expiresAt }),
    refreshToken: `crt.${organizationId}.${id}.${family}.${latest}`,
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
  };
}
