import { ROLES, type Role } from '@curlew/core/kernel';
import * as z from 'zod';
import { RATE_LIMITS, type RateLimits } from '../../http/rate-limit.ts';
import type { TableName } from '../../services/tables.ts';
import { RateLimitSetting } from '../rate-limits.ts';

// Matches any table name: an import of the list of tables would bundle every service into every function.
const TABLE_VARIABLE = /^([A-Z]+(?:_[A-Z]+)*)_TABLE$/;
const text = z.string({ error: 'is missing' }).min(1, { error: 'is empty' });

export type Auth = 'open' | 'required';

export interface LambdaConfig {
  /** The deployed name of each table that the function may use. */
  readonly tables: Readonly<Partial<Record<TableName, string>>>;
}

/** The user pool whose tokens are accepted. */
export interface PoolConfig {
  readonly issuer: string;
  /** The id of the app client through which people sign in. */
  readonly client: string;
}

/** The text analyser, and the storage for learned triage data. */
export interface TriageConfig {
  readonly provider: 'embedded' | 'comprehend';
  /** The ARN of a Comprehend endpoint that is trained on the organization's own categories. */
  readonly classifier?: string;
  /** The bucket for learned triage data. Without a bucket, triage does not learn. */
  readonly bucket?: string;
}

export interface HttpConfig extends LambdaConfig {
  readonly auth: Auth;
  /** The prefix of the contract's paths: empty, or the stage of the API, such as `/dev`. */
  readonly basePath: string;
  readonly limits?: RateLimits | undefined;
  readonly pool?: PoolConfig;
  /** The ARN of the secret with the keys that sign cursors. Without it, the keys are in the tables. */
  readonly signingSecret?: string;
  readonly triage: TriageConfig;
}

export interface RelayConfig {
  readonly eventBus: string;
}

export interface AccountsConfig {
  readonly poolId: string;
  readonly rolesWithAccounts: ReadonlySet<Role>;
}

/** The settings of a function that serves HTTP. Throws one error that lists all problems of the environment. */
export function readHttpConfig(env: Environment = process.env): HttpConfig {
  const shape = {
    CURLEW_AUTH: z.enum(['open', 'required'], { error: 'must be "open" or "required"' }),
    CURLEW_BASE_PATH: z.string().regex(/^(\/[A-Za-z0-9_-]+)?$/, { error: 'must be empty, or a stage like "/dev"' }),
    CURLEW_RATE_LIMIT: RateLimitSetting,
  };
  const given = read(shape, { CURLEW_BASE_PATH: '', CURLEW_RATE_LIMIT: '', ...env });
  const { CURLEW_AUTH: auth, CURLEW_BASE_PATH: basePath, CURLEW_RATE_LIMIT } = given;
  // In open mode all callers are the same actor and would share a limit.
  const limits = env.CURLEW_RATE_LIMIT ? CURLEW_RATE_LIMIT : auth === 'open' ? undefined : RATE_LIMITS;
  const { POOL_ISSUER: issuer, POOL_CLIENT: client, SIGNING_SECRET: signingSecret } = env;
  const pool = issuer && client ? { pool: { issuer, client } } : {};
  return {
    auth,
    basePath,
    limits,
    ...pool,
    ...(signingSecret && { signingSecret }),
    triage: readTriageConfig(env),
    ...readTablesConfig(env),
  };
}

/** The variable with the deployed name of a table: `saved-views` → `SAVED_VIEWS_TABLE`. Terraform does the same. */
export function tableVariable(table: string): string {
  return `${table.toUpperCase().replaceAll('-', '_')}_TABLE`;
}

export function readTablesConfig(env: Environment = process.env): LambdaConfig {
  const given = Object.entries(env).flatMap(([variable, value]) => {
    const [, table] = TABLE_VARIABLE.exec(variable) ?? [];
    return table !== undefined && value ? [[table.toLowerCase().replaceAll('_', '-'), value] as const] : [];
  });
  return { tables: Object.fromEntries(given) };
}

export function readTriageConfig(env: Environment = process.env): TriageConfig {
  const provider = z.enum(['embedded', 'comprehend'], { error: 'must be "embedded" or "comprehend"' });
  const { TEXT_ANALYZER } = read({ TEXT_ANALYZER: provider }, { TEXT_ANALYZER: 'embedded', ...env });
  const { COMPREHEND_CLASSIFIER: classifier, FILES_BUCKET: bucket } = env;
  return { provider: TEXT_ANALYZER, ...(classifier && { classifier }), ...(bucket && { bucket }) };
}

export function readRelayConfig(env: Environment = process.env): RelayConfig {
  return { eventBus: read({ EVENT_BUS: text }, env).EVENT_BUS };
}

export function readAccountsConfig(env: Environment = process.env): AccountsConfig {
  const roles = z.array(z.enum(ROLES, { error: `may only contain the roles ${ROLES.join(', ')}` }));
  const shape = {
    POOL_ID: text,
    ROLES_WITH_ACCOUNTS: text.transform((list) => list.split(',')).pipe(roles),
  };
  const given = read(shape, env);
  return { poolId: given.POOL_ID, rolesWithAccounts: new Set(given.ROLES_WITH_ACCOUNTS) };
}

type Environment = Readonly<Record<string, string | undefined>>;

function read<Shape extends z.ZodRawShape>(shape: Shape, env: Environment): z.output<z.ZodObject<Shape>> {
  const result = z.object(shape).safeParse(env);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new Error(`The function's environment is invalid: ${problems.join('; ')}.`);
}
