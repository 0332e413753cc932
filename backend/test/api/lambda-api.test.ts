import { afterAll, beforeAll, describe } from 'vitest';
import { type LocalDynamo, NO_DYNAMODB, startLocalDynamo } from '../dynamodb.ts';
import { everyTable } from './every-table.ts';
import { lambdaHost, type Shape } from './lambda-host.ts';
import { manyAtOnce } from './many-at-once.ts';

const SHAPES: readonly Shape[] = [
  { layout: 'one-function', api: 'http' },
  { layout: 'per-service', api: 'rest' },
];

const why = NO_DYNAMODB === undefined ? '' : ` (skipped: ${NO_DYNAMODB})`;

describe.skipIf(NO_DYNAMODB)(`Lambda handlers${why}`, () => {
  let local: LocalDynamo;
  beforeAll(async () => {
    local = await startLocalDynamo();
  }, 60_000);
  afterAll(() => local?.stop());

  describe.each(SHAPES)('$layout behind the $api API', (shape) => {
    everyTable(() => lambdaHost(local, shape));
    manyAtOnce(() => lambdaHost(local, shape));
  });
});
