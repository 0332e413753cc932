import type { Invocation } from '../functions/function-process.ts';

/**
 * The identifiers of the batch items that a function reports as failed. All items count as failed if the function
 * failed, or if it reports an identifier that is not in the batch.
 */
export function failedItems(
  invocation: Invocation,
  identifiers: readonly string[],
  reportsItems: boolean,
): readonly string[] {
  if (invocation.kind === 'error') return identifiers;
  const result = JSON.parse(invocation.payload);
  if (!reportsItems || result === null || result.batchItemFailures === undefined || result.batchItemFailures === null)
    return [];
  const failed = (result.batchItemFailures as { itemIdentifier?: unknown }[]).map(
    ({ itemIdentifier }) => itemIdentifier,
  );
  const known = new Set<unknown>(identifiers);
  return failed.every((one) => known.has(one)) ? (failed as string[]) : identifiers;
}
