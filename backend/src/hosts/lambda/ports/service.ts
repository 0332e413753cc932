import { requireAnswer } from '../../../adapters/dynamodb/require-answer.ts';
import { documentation as filesOfPackage } from '../documentation.ts';
import type { LambdaHost } from '../lambda-host.ts';

export const documentation = () => filesOfPackage;
export const ready =
  ({ db }: LambdaHost) =>
  () =>
    requireAnswer(db);
