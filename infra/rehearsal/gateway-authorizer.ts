import { poolAccounts } from '../../rehearsal/aws/pool-accounts.ts';
import type { Identity } from '../../rehearsal/identity.ts';
import { readDeployed } from '../../rehearsal/read-deployed.ts';
import type { Deployment } from './deployment.ts';

/** Enables API Gateway's own authorizer and checks it. Returns the failed checks. */
export async function withGatewayAuthorizer(
  deployment: Deployment & { readonly identity: Identity },
): Promise<string[]> {
  const { cloud, api, terraform, outputs, identity, serve } = deployment;
  const applied = await terraform.apply({ sign_in: '{"gateway_authorizer":true}' });
  const deployed = await readDeployed(cloud, api, outputs.api_invoke_url);
  const runner = await serve(deployed);
  const url = `${runner.url}${new URL(outputs.api_invoke_url).pathname.replace(/\/$/, '')}`;
  const behind = new Set(deployed.api.routes.map(({ functionName }) => functionName));
  const invocations = () =>
    [...behind].reduce((sum, name) => sum + (runner.pools.get(name)?.facts().invocations ?? 0), 0);

  const key = await runner.newAdminKey();
  // The first admin has no email address, so the delivery of the admin's events deletes the admin's pool account.
  // Wait for the delivery before the account is created below.
  await runner.settled();
  const pool = poolAccounts(cloud.endpoint, outputs.sign_in?.user_pool_id ?? '');
  await pool.make('behind-the-gateway', { 'custom:organization': 'default', 'custom:user': 'usr_admin' });
  const { accessToken, idToken } = await identity.signIn('behind-the-gateway');
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
  const wrong = changedOutsideApi(api, applied);

  async function expect(
    credentials: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    expected: string,
  ) {
    const response = await fetch(url + path, { headers });
    const { code, message } = (await response.json()) as { code?: string; message?: string };
    const found = [response.status, code ?? message].join(' ').trim();
    if (found !== expected) wrong.push(`${credentials} at ${path}: ${found}, not ${expected}`);
  }

  const refused = api === 'http' ? '401 Unauthorized' : '401 unauthenticated';
  await expect('a request without credentials', '/v1/tickets', {}, refused);
  await expect('an API key', '/v1/tickets', { 'x-api-key': key }, refused);
  await expect('an API key as a token', '/v1/tickets', bearer(key), refused);
  await expect('a made-up token', '/v1/tickets', bearer(`${accessToken}A`), refused);
  if (invocations() !== 0) wrong.push(`Functions were called ${invocations()} times for refused requests.`);
  await expect('an access token', '/v1/tickets', bearer(accessToken), '200');
  // An HTTP API accepts an ID token as an access token; the function refuses it.
  await expect('an ID token', '/v1/tickets', bearer(idToken), '401 unauthenticated');
  for (const path of ['/healthz', '/openapi.json', '/v1/healthz'])
    await expect('a request without credentials', path, {}, '200');
  await expect('a request without credentials', '/v1/nowhere', {}, '404 route_not_found');
  return wrong;
}

/** Resources that Terraform changed outside the API, or one message if Terraform changed nothing. */
function changedOutsideApi(api: 'http' | 'rest', applied: string): string[] {
  const changed = [...applied.matchAll(/^ +# (\S+) (?:will|must) be /gm)].map(([, address = '']) => address);
  const others = changed.filter((address) => !address.includes(`.module.${api}_api[0].`));
  return changed.length === 0 ? ['Terraform changed nothing.'] : others.map((address) => `${address} changed too`);
}
