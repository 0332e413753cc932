import type { Cloud } from './aws/cloud.ts';
import type { DeployedApi, DeployedFunction, DeployedRule, DeployedTable, Mapping } from './deployed/model.ts';
import { readFunctions } from './deployed/read-functions.ts';
import { readHttpApi } from './deployed/read-http-api.ts';
import { readMappings } from './deployed/read-mappings.ts';
import { readRestApi } from './deployed/read-rest-api.ts';
import { readRules } from './deployed/read-rules.ts';
import { readTables } from './deployed/read-tables.ts';

export interface Deployed {
  readonly accountId: string;
  readonly functions: readonly DeployedFunction[];
  readonly mappings: readonly Mapping[];
  readonly tables: readonly DeployedTable[];
  readonly api: DeployedApi;
  readonly rules: readonly DeployedRule[];
}

/** Reads the whole deployment from the stand-in, so the rehearsal runs the actual state and not Terraform's input. */
export async function readDeployed(cloud: Cloud, kind: 'http' | 'rest', invokeUrl: string): Promise<Deployed> {
  const domainName = new URL(invokeUrl).host;
  const functions = await readFunctions(cloud);
  const accountId = functions[0]?.arn.split(':')[4] ?? '';
  return {
    accountId,
    functions,
    mappings: await readMappings(cloud),
    tables: await readTables(cloud),
    api: await (kind === 'http' ? readHttpApi : readRestApi)(cloud, domainName),
    rules: await readRules(cloud, accountId, functions),
  };
}
