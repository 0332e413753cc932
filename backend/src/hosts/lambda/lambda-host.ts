import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import type { Auth, TriageConfig } from './config.ts';

/** What ports are made from in a function. */
export interface LambdaHost {
  readonly db: Dynamo;
  readonly auth: Auth;
  readonly triage: TriageConfig;
  report(message: string, error: string): void;
}
