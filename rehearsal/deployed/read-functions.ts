import {
  GetPolicyCommand as GetManagedPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionEventInvokeConfigCommand, GetPolicyCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { Cloud } from '../aws/cloud.ts';
import { type Statement, statementsOf } from '../policy/statements.ts';
import type { DeployedFunction } from './model.ts';

const LAMBDAS_OWN_RETRIES = 2;

/** Every deployed function with its role's policies and its resource policy. */
export async function readFunctions(cloud: Cloud): Promise<DeployedFunction[]> {
  const { Functions = [] } = await cloud.functions.send(new ListFunctionsCommand({}));
  return Promise.all(
    Functions.map(async (one): Promise<DeployedFunction> => {
      const name = one.FunctionName ?? '';
      return {
        name,
        arn: one.FunctionArn ?? '',
        handler: one.Handler ?? '',
        runtime: one.Runtime ?? '',
        environment: one.Environment?.Variables ?? {},
        timeoutSeconds: one.Timeout ?? 3,
        memoryMegabytes: one.MemorySize ?? 128,
        codeSha256: one.CodeSha256 ?? '',
        isTraced: one.TracingConfig?.Mode === 'Active',
        logGroup: one.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
        statements: await statementsOfRole(cloud, one.Role?.split('/').at(-1) ?? ''),
        invokers: await invokersOf(cloud, name),
        asynchronous: await asynchronousOf(cloud, name),
      };
    }),
  );
}

async function invokersOf(cloud: Cloud, name: string): Promise<Statement[]> {
  try {
    const { Policy } = await cloud.functions.send(new GetPolicyCommand({ FunctionName: name }));
    return statementsOf(Policy ?? '{"Statement":[]}');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function asynchronousOf({ functions }: Cloud, FunctionName: string): Promise<DeployedFunction['asynchronous']> {
  try {
    const config = await functions.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
    const { MaximumRetryAttempts = LAMBDAS_OWN_RETRIES, DestinationConfig } = config;
    return { maximumRetries: MaximumRetryAttempts, onFailureArn: DestinationConfig?.OnFailure?.Destination };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { maximumRetries: LAMBDAS_OWN_RETRIES, onFailureArn: undefined };
  }
}

const isMissing = (error: unknown) => (error as Error).name === 'ResourceNotFoundException';

async function statementsOfRole({ roles }: Cloud, RoleName: string): Promise<Statement[]> {
  const { PolicyNames = [] } = await roles.send(new ListRolePoliciesCommand({ RoleName }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await roles.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return statementsOf(decodeURIComponent(PolicyDocument ?? ''));
  });
  const { AttachedPolicies = [] } = await roles.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const attached = AttachedPolicies.map(async ({ PolicyArn }) => {
    const { Policy } = await roles.send(new GetManagedPolicyCommand({ PolicyArn }));
    const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
    const { PolicyVersion } = await roles.send(new GetPolicyVersionCommand(version));
    return statementsOf(decodeURIComponent(PolicyVersion?.Document ?? ''));
  });
  return (await Promise.all([...inline, ...attached])).flat();
}
