import { dynamoTaskStore } from '../../../adapters/dynamodb/task-store.ts';
import type { LambdaHost } from '../lambda-host.ts';

export const tasks = ({ db }: LambdaHost) => dynamoTaskStore(db);
