import { EmailAddress } from '@curlew/core/kernel';
import { NewPassword } from '@curlew/core/session';
import * as z from 'zod';
import type { IssuerSetup } from '../../adapters/jose/index.ts';
import { RATE_LIMITS, type RateLimits } from '../../http/rate-limit.ts';
import { DEFAULT_ORGANIZATION } from '../default-organization.ts';
import { RateLimitSetting } from '../rate-limits.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

const Config = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  CURLEW_DATA_DIR: z.string().min(1).default('./data'),
  CURLEW_AUTH: z.enum(['required', 'open'], { error: 'must be "required" or "open"' }).default('required'),
  CURLEW_ADMIN_EMAIL: EmailAddress.default('admin@localhost'),
  CURLEW_ADMIN_PASSWORD: z
    .string()
    .refine((password) => NewPassword.safeParse(password).success, {
      error: 'must have 10 to 256 characters, and must not be a common password',
    })
    .optional(),
  CURLEW_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://desk.example.com' }).optional(),
  CURLEW_OIDC_ISSUER: z
    .url()
    .refine(isSafe, { error: 'must be an https address, or an address of this machine' })
    .optional(),
  CURLEW_OIDC_AUDIENCE: z.string().optional(),
  CURLEW_OIDC_ORGANIZATION: z.string().default(DEFAULT_ORGANIZATION.id),
  CURLEW_OIDC_ORGANIZATION_CLAIM: z.string().optional(),
  CURLEW_OIDC_USER_CLAIM: z.string().default('sub'),
  CURLEW_TRIAGE: z
    .enum(['automatic', 'on-request'], { error: 'must be "automatic" or "on-request"' })
    .default('automatic'),
  CURLEW_LOG: z.enum(['requests', 'errors'], { error: 'must be "requests" or "errors"' }).default('errors'),
  CURLEW_RATE_LIMIT: RateLimitSetting.optional(),
  CURLEW_PROXIES: z.coerce.number({ error: 'must be the number of proxies in front' }).int().min(0).max(10).default(0),
});

/** Plain HTTP is allowed only on this machine: on a network, an attacker could replace the issuer's keys. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname.replace(/^\[|\]$/g, '')));
}

export interface LocalConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly auth: 'required' | 'open';
  /** The address and password that the first admin gets at the first start. */
  readonly admin: { readonly email: string; readonly password: string | undefined };
  /** An external OpenID Connect issuer whose tokens the server accepts too. */
  readonly issuer: IssuerSetup | undefined;
  /** The public address of this server, if it is configured. */
  readonly url: string | undefined;
  readonly logRequests: boolean;
  /** True if every ticket is triaged automatically, false if only on request. */
  readonly automaticTriage: boolean;
  readonly limits: RateLimits | undefined;
  /** The number of proxies in front of the server. Each adds the address of its client to `X-Forwarded-For`. */
  readonly proxies: number;
}

/** An error whose message lists all problems of the environment. */
export class ConfigError extends Error {}

/** Reads the settings from the environment. Throws one `ConfigError` for all problems of the environment. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): LocalConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = Config.safeParse(given);
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  }
  const { PORT, HOST, CURLEW_DATA_DIR, CURLEW_AUTH, CURLEW_LOG, CURLEW_RATE_LIMIT, ...rest } = result.data;
  if (CURLEW_AUTH === 'open' && !LOOPBACK.test(HOST)) {
    throw new ConfigError(
      `HOST ${HOST} would open Curlew to others, and with CURLEW_AUTH=open everyone is an admin; use 127.0.0.1, ::1 or localhost`,
    );
  }
  if ((rest.CURLEW_OIDC_ISSUER === undefined) !== (rest.CURLEW_OIDC_AUDIENCE === undefined)) {
    throw new ConfigError('CURLEW_OIDC_ISSUER and CURLEW_OIDC_AUDIENCE must be set together');
  }
  return {
    port: PORT,
    host: HOST,
    dataDir: CURLEW_DATA_DIR,
    auth: CURLEW_AUTH,
    admin: { email: rest.CURLEW_ADMIN_EMAIL, password: rest.CURLEW_ADMIN_PASSWORD },
    url: rest.CURLEW_URL,
    issuer:
      rest.CURLEW_OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: rest.CURLEW_OIDC_ISSUER,
            audience: rest.CURLEW_OIDC_AUDIENCE ?? '',
            organization:
              rest.CURLEW_OIDC_ORGANIZATION_CLAIM === undefined
                ? { id: rest.CURLEW_OIDC_ORGANIZATION }
                : { claim: rest.CURLEW_OIDC_ORGANIZATION_CLAIM },
            userClaim: rest.CURLEW_OIDC_USER_CLAIM,
          },
    logRequests: CURLEW_LOG === 'requests',
    automaticTriage: rest.CURLEW_TRIAGE === 'automatic',
    proxies: rest.CURLEW_PROXIES,
    // In open mode all callers are the same actor and would share a limit.
    limits: 'CURLEW_RATE_LIMIT' in given ? CURLEW_RATE_LIMIT : CURLEW_AUTH === 'open' ? undefined : RATE_LIMITS,
  };
}
