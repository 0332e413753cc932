import { describe, expect, it } from 'vitest';
import { otherChanges } from './other-changes.ts';

const before = { function_name: 'support-all-dev', filename: 'a.zip', source_code_hash: 'A', environment: [{ x: 1 }] };

function plan(type: string, actions: string[], after: object | null) {
  return { resource_changes: [{ address: `${type}.this`, type, change: { actions, before, after: after as never } }] };
}

describe('changes that a rollback must not make', () => {
  it.each([
    ['nothing', plan('aws_sqs_queue', ['no-op'], before)],
    ['code', plan('aws_lambda_function', ['update'], { ...before, filename: 'b.zip', source_code_hash: 'B' })],
    ['a plan without resources', {}],
  ])('does not list %s', (_, changes) => {
    expect(otherChanges(changes)).toEqual([]);
  });

  it.each([
    [
      "a function's environment",
      plan('aws_lambda_function', ['update'], { ...before, source_code_hash: 'B', environment: [{ x: 2 }] }),
      'environment',
    ],
    ['a deleted function', plan('aws_lambda_function', ['delete'], null), 'delete'],
    ['a replaced function', plan('aws_lambda_function', ['delete', 'create'], before), 'delete, then create'],
    ['a queue', plan('aws_sqs_queue', ['update'], { ...before, filename: 'b.zip' }), 'update'],
  ])('names %s', (_, changes, what) => {
    expect(otherChanges(changes)).toEqual([`  ${changes.resource_changes[0]?.address}: ${what}`]);
  });
});
