import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { poolAccounts } from './aws/pool-accounts.ts';
import type { Invocation } from './functions/function-process.ts';
import { listen } from './gateway/listen.ts';

/** The deployed user pool: Terraform's output `sign_in`. */
export interface DeployedPool {
  readonly issuer: string;
  readonly client_id: string;
  readonly user_pool_id: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
}

const TOKEN_LIFETIME_SECONDS = 600;

/**
 * Adds the features that the stand-in's user pool lacks: calls the deployed pre-token function, signs tokens like
 * Cognito, and publishes the key. Accounts are created by the deployed functions in the stand-in. There is no hosted
 * login: every request for tokens counts as signed in.
 */
export async function startIdentity(
  cloudUrl: string,
  pool: DeployedPool,
  preToken: (event: object) => Promise<Invocation>,
) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const accounts = poolAccounts(cloudUrl, pool.user_pool_id);
  const below = `/${pool.user_pool_id}/.well-known`;
  const served: Readonly<Record<string, object>> = {
    [`${below}/openid-configuration`]: { issuer: pool.issuer, jwks_uri: `${pool.issuer}/.well-known/jwks.json` },
    [`${below}/jwks.json`]: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] },
  };
  const server = await listen(0, async ({ path }) => {
    const found = served[path];
    const body = Buffer.from(JSON.stringify(found ?? { message: 'Not found' }));
    return { status: found === undefined ? 404 : 200, headers: [['content-type', 'application/json']], body };
  });

  function signToken(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ kid, alg: 'RS256' })}.${part(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  }

  return {
    /** URL at which functions find Cognito's published keys. */
    url: server.url,
    stop: server.stop,
    /** Removes every account. */
    empty: accounts.empty,
    /** Issues tokens for an account. Throws Cognito's error if Cognito would refuse. */
    async signIn(username: string): Promise<Tokens> {
      const { attributes, enabled, status, groups } = await accounts.named(username);
      if (!enabled) throw new Error('User is disabled.');
      const outcome = await preToken({
        version: '2',
        triggerSource: 'TokenGeneration_HostedAuth',
        region: 'eu-central-1',
        userPoolId: pool.user_pool_id,
        userName: username,
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: pool.client_id },
        request: {
          userAttributes: { ...attributes, 'cognito:user_status': status },
          groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
          scopes: ['openid', 'email', 'profile'],
        },
        response: { claimsAndScopeOverrideDetails: null },
      });
      if (outcome.kind === 'error') throw new Error(`PreTokenGeneration failed with error ${outcome.errorMessage}`);
      const { accessTokenGeneration = {} } = JSON.parse(outcome.payload).response.claimsAndScopeOverrideDetails ?? {};
      const now = Math.floor(Date.now() / 1000);
      const common = {
        iss: pool.issuer,
        sub: attributes.sub,
        auth_time: now,
        iat: now,
        exp: now + TOKEN_LIFETIME_SECONDS,
      };
      return {
        accessToken: signToken({
          ...common,
          token_use: 'access',
          client_id: pool.client_id,
          'cognito:groups': groups,
          scope: 'openid email profile',
          username,
          version: 2,
          jti: randomUUID(),
          ...accessTokenGeneration.claimsToAddOrOverride,
        }),
        idToken: signToken({
          ...common,
          token_use: 'id',
          aud: pool.client_id,
          'cognito:username': username,
          ...attributes,
        }),
      };
    },
  };
}

export type Identity = Awaited<ReturnType<typeof startIdentity>>;
