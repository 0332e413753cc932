import { tableVariable } from '../src/hosts/lambda/config.ts';
import type { FunctionDesign } from '../src/hosts/lambda/functions.ts';

/** The environment variables with which a function can be loaded and called on this machine, with AWS at `endpoint`. */
export function functionEnvironment(design: FunctionDesign, endpoint: string): Record<string, string> {
  const tables = Object.keys(design.tables).map((table) => [tableVariable(table), `support-${table}-dev`]);
  return {
    ...(design.trigger === 'http' ? { CURLEW_AUTH: 'required', CURLEW_BASE_PATH: '' } : {}),
    ...(design.trigger === 'streams' ? { EVENT_BUS: 'support-events-dev' } : {}),
    ...(design.pool === undefined ? {} : { POOL_ID: 'us-east-1_none', ROLES_WITH_ACCOUNTS: 'agent,admin' }),
    ...Object.fromEntries(tables),
    POWERTOOLS_SERVICE_NAME: design.name,
    POWERTOOLS_METRICS_NAMESPACE: 'Curlew',
    // Lambda itself sets the following variables.
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'stand-in',
    AWS_SECRET_ACCESS_KEY: 'stand-in',
    AWS_LAMBDA_FUNCTION_NAME: `support-${design.name}-dev`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(design.memoryMegabytes),
    AWS_ENDPOINT_URL: endpoint,
  };
}
