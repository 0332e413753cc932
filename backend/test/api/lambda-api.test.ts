import { describe } from 'vitest';
import { describeOnDynamoDb } from '../dynamodb.ts';
import { everyTable } from './every-table.ts';
import { lambdaHost, type Shape } from './lambda-host.ts';
import { largeAnswers } from './large-answers.ts';
import { manyAtOnce } from './many-at-once.ts';

const SHAPES: readonly Shape[] = [
  { layout: 'one-function', api: 'http' },
  { layout: 'per-service', api: 'rest' },
];

describeOnDynamoDb('Lambda handlers', () => {
  describe.each(SHAPES)('$layout behind the $api API', (shape) => {
    everyTable(() => lambdaHost(shape));
    manyAtOnce(() => lambdaHost(shape));
    largeAnswers(() => lambdaHost(shape));
  });
});
