import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { Cloud } from '../aws/cloud.ts';
import type { Mapping } from './model.ts';

/** The event source mappings. Throws for a queue, because polling a queue costs money even if it is empty. */
export async function readMappings({ functions }: Cloud): Promise<Mapping[]> {
  const { EventSourceMappings = [] } = await functions.send(new ListEventSourceMappingsCommand({}));
  return EventSourceMappings.map((one) => {
    const sourceArn = one.EventSourceArn ?? '';
    if (!sourceArn.startsWith('arn:aws:dynamodb:')) throw new Error(`A function polls ${sourceArn}.`);
    return {
      functionName: one.FunctionArn?.split(':')[6] ?? '',
      sourceArn,
      batchSize: one.BatchSize ?? 100,
      filters: (one.FilterCriteria?.Filters ?? []).flatMap(({ Pattern }) => (Pattern === undefined ? [] : [Pattern])),
      reportsItemFailures: one.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      bisects: one.BisectBatchOnFunctionError ?? false,
      maximumRetries: one.MaximumRetryAttempts ?? -1,
      onFailureArn: one.DestinationConfig?.OnFailure?.Destination || undefined,
    };
  });
}
