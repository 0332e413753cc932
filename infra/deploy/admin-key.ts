import { dynamo } from '../../backend/src/adapters/dynamodb/index.ts';
import { awsProblem } from './aws-problem.ts';
import { firstKey } from './first-key.ts';

/**
 * Creates and prints an API key of the first admin, for the owner of the AWS account: the first key of a new
 * deployment, or a new one if all keys are lost. Resolves with the exit code.
 */
export async function adminKey(environment: string): Promise<number> {
  try {
    const tables = { users: `support-users-${environment}`, audit: `support-audit-${environment}` };
    console.log(await firstKey(dynamo(tables)));
    return 0;
  } catch (error) {
    console.error(awsProblem(error));
    return 1;
  }
}
