import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import type { Auth, TriageConfig } from './config.ts';

/** The resources from which a Lambda function creates its ports. */
export interface LambdaHost {
  readonly db: Dynamo;
  readonly auth: Auth;
  readonly triage: TriageConfig;
  report(message: string, error: string): void;
}
