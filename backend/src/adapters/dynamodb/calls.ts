import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  type GetCommandOutput,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
  type UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { CurlewError } from '@curlew/core/kernel';
import type { Dynamo } from './client.ts';

export type Item = Readonly<Record<string, unknown>>;

/** One write of a transaction, and what it means when its condition does not hold. */
export interface Step {
  readonly write: NonNullable<TransactWriteCommandInput['TransactItems']>[number];
  readonly refused?: () => Error | Promise<Error>;
}

const MOST_TRIES = 8;
const FIRST_PAUSE_MILLISECONDS = 20;
const LONGEST_PAUSE_MILLISECONDS = 400;

// What DynamoDB says of a write that would have been possible a moment earlier or later.
const PASSING: ReadonlySet<string | undefined> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);

export async function getItem(db: Dynamo, table: string, key: Item): Promise<Item | undefined> {
  // What was just written must be there: the contract promises it, and verbs decide on it.
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  return (await answered(() => db.client.send(command, ending(db)) as Promise<GetCommandOutput>)).Item;
}

export function query(db: Dynamo, input: QueryCommandInput): Promise<QueryCommandOutput> {
  return answered(() => db.client.send(new QueryCommand(input), ending(db)));
}

export function update(db: Dynamo, input: UpdateCommandInput): Promise<UpdateCommandOutput> {
  return answered(() => db.client.send(new UpdateCommand(input), ending(db)));
}

/**
 * Makes all writes or none. Where conditions do not hold, throws what the first such step says; where DynamoDB was
 * busy with the same items or refused for load, tries again, with full jitter (Marc Brooker, "Exponential Backoff
 * And Jitter", AWS Architecture Blog 2015), and throws `unavailable` in the end.
 */
export async function transact(db: Dynamo, steps: readonly Step[], mostTries = MOST_TRIES): Promise<void> {
  const TransactItems = steps.map(({ write }) => write);
  for (let tries = 1; ; tries++) {
    try {
      await answered(() => db.client.send(new TransactWriteCommand({ TransactItems }), ending(db)));
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      await refuse(steps, error);
      if (tries === mostTries) throw unavailable(error);
      await pause(tries);
    }
  }
}

/** Throws what a cancelled transaction means; returns when it is worth another try. */
async function refuse(steps: readonly Step[], error: TransactionCanceledException): Promise<void> {
  const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  const refused = steps.find((_, i) => reasons[i] === 'ConditionalCheckFailed');
  if (refused !== undefined) throw (await refused.refused?.()) ?? error;
  if (!reasons.some((reason) => PASSING.has(reason))) throw error;
}

/** Waits before try number `tries` + 1: somewhere between nothing and a limit that doubles each time. */
export function pause(tries: number): Promise<void> {
  const most = Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** (tries - 1));
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}

function ending({ deadline }: Dynamo): { abortSignal?: AbortSignal } {
  const signal = deadline?.();
  return signal === undefined ? {} : { abortSignal: signal };
}

async function answered<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    throw isOutage(error) ? unavailable(error) : error;
  }
}

/** Load, time-outs, a deadline, broken connections and their own failures: what the SDK has tried again already, in vain. */
function isOutage(error: unknown): boolean {
  const { name, $metadata, $retryable, code } = error as {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
    $retryable?: object;
  };
  if (error instanceof TransactionCanceledException) return false;
  const status = $metadata?.httpStatusCode;
  return (
    $retryable !== undefined ||
    (status !== undefined && (status >= 500 || status === 429)) ||
    /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded|TransactionInProgress/.test(name ?? '') ||
    /^AbortError|Timeout|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/.test(`${name} ${code}`)
  );
}

/** For a change that was refused for an external id whose owner has let go of it since. */
export function externalIdMoves(): CurlewError {
  return new CurlewError('busy', 'Another change of the same externalId was under way; try again.');
}

function unavailable(cause: unknown): CurlewError {
  return new CurlewError('unavailable', 'The storage does not answer at the moment; try again.', { cause });
}
