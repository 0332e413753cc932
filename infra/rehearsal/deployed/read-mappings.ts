import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { Cloud } from './cloud.ts';
import type { Mapping } from './model.ts';

/** What feeds the functions: streams and queues. */
export async function readMappings({ functions }: Cloud): Promise<Mapping[]> {
  const { EventSourceMappings = [] } = await functions.send(new ListEventSourceMappingsCommand({}));
  return EventSourceMappings.map((one) => {
    const kind = /^arn:aws:sqs:/.test(one.EventSourceArn ?? '') ? ('queue' as const) : ('stream' as const);
    return {
      id: one.UUID ?? '',
      kind,
      functionName: one.FunctionArn?.split(':')[6] ?? '',
      sourceArn: one.EventSourceArn ?? '',
      batchSize: one.BatchSize ?? (kind === 'queue' ? 10 : 100),
      filters: (one.FilterCriteria?.Filters ?? []).flatMap(({ Pattern }) => (Pattern === undefined ? [] : [Pattern])),
      reportsItemFailures: one.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      bisects: one.BisectBatchOnFunctionError ?? false,
      maximumRetries: one.MaximumRetryAttempts ?? -1,
      onFailureArn: one.DestinationConfig?.OnFailure?.Destination || undefined,
    };
  });
}
