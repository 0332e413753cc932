import * as z from 'zod';
import { RATE_LIMITS, type RateLimits } from '../../http/rate-limit.ts';
import { RateLimitSetting } from '../rate-limits.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

const Config = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  CURLEW_DATA_DIR: z.string().min(1).default('./data'),
  CURLEW_AUTH: z.enum(['open'], { error: 'must be "open", the only mode there is so far' }).default('open'),
  CURLEW_LOG: z.enum(['requests', 'errors'], { error: 'must be "requests" or "errors"' }).default('errors'),
  CURLEW_RATE_LIMIT: RateLimitSetting.optional(),
});

export interface LocalConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly auth: 'open';
  readonly logRequests: boolean;
  readonly limits: RateLimits | undefined;
}

/** Says in one sentence what is wrong with the environment. */
export class ConfigError extends Error {}

/** Reads the environment; reports all that is wrong with it at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): LocalConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = Config.safeParse(given);
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  }
  const { PORT, HOST, CURLEW_DATA_DIR, CURLEW_AUTH, CURLEW_LOG, CURLEW_RATE_LIMIT } = result.data;
  if (!LOOPBACK.test(HOST)) {
    throw new ConfigError(
      `HOST ${HOST} would open Curlew to others, and with CURLEW_AUTH=open everyone is an admin; use 127.0.0.1, ::1 or localhost`,
    );
  }
  return {
    port: PORT,
    host: HOST,
    dataDir: CURLEW_DATA_DIR,
    auth: CURLEW_AUTH,
    logRequests: CURLEW_LOG === 'requests',
    // In open mode everyone is one caller.
    limits: 'CURLEW_RATE_LIMIT' in given ? CURLEW_RATE_LIMIT : CURLEW_AUTH === 'open' ? undefined : RATE_LIMITS,
  };
}
