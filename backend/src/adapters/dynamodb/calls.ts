import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
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
import { writeDeadline } from './write-deadline.ts';

export type Item = Readonly<Record<string, unknown>>;

/** One write of a transaction. `refused` gives the error to throw if the write's condition fails. */
export interface Step {
  readonly write: NonNullable<TransactWriteCommandInput['TransactItems']>[number];
  readonly refused?: () => Error | Promise<Error>;
  /** The time of the event that the step writes. */
  readonly time?: string;
}

const MOST_TRIES = 8;
const FIRST_PAUSE_MILLISECONDS = 20;
const LONGEST_PAUSE_MILLISECONDS = 400;

// Cancellation reasons that are temporary: the same transaction can succeed a moment later.
const TEMPORARY: ReadonlySet<string | undefined> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);

export async function getItem(db: Dynamo, table: string, key: Item): Promise<Item | undefined> {
  // A consistent read: the ports promise that a read sees all earlier writes.
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  return (await withUnavailable(() => db.client.send(command, abortOptions(db)))).Item;
}

export function query(db: Dynamo, input: QueryCommandInput): Promise<QueryCommandOutput> {
  return withUnavailable(() => db.client.send(new QueryCommand(input), abortOptions(db)));
}

export function update(db: Dynamo, input: UpdateCommandInput): Promise<UpdateCommandOutput> {
  return withUnavailable(() => db.client.send(new UpdateCommand(input), abortOptions(db)));
}

/**
 * Makes all writes or none. If conditions fail, throws the error of the first step whose condition failed. Retries
 * transaction conflicts and throttling up to `mostTries` attempts, with full jitter (Marc Brooker, "Exponential Backoff
 * And Jitter", AWS Architecture Blog 2015), and then throws `unavailable`. All attempts of a transaction with an event end
 * at its `writeDeadline`.
 */
export async function transact(db: Dynamo, steps: readonly Step[], mostTries = MOST_TRIES): Promise<void> {
  const TransactItems = steps.map(({ write }) => write);
  const options = writeOptions(db, steps);
  for (let tries = 1; ; tries++) {
    try {
      await withUnavailable(() => db.client.send(new TransactWriteCommand({ TransactItems }), options));
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      await throwUnlessTemporary(steps, error);
      if (tries === mostTries) throw unavailable(error);
      await pause(tries);
    }
  }
}

/** Throws the error that a cancelled transaction stands for; returns if a retry can succeed. */
async function throwUnlessTemporary(steps: readonly Step[], error: TransactionCanceledException): Promise<void> {
  const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  const refused = steps.find((_, i) => reasons[i] === 'ConditionalCheckFailed');
  if (refused !== undefined) throw (await refused.refused?.()) ?? error;
  if (!reasons.some((reason) => TEMPORARY.has(reason))) throw error;
}

/** Waits before attempt `tries` + 1, for a random time between 0 and a limit that doubles with each attempt. */
export function pause(tries: number): Promise<void> {
  const most = Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** (tries - 1));
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}

function writeOptions(db: Dynamo, steps: readonly Step[]): { abortSignal?: AbortSignal } {
  const { abortSignal } = abortOptions(db);
  const signals = steps.flatMap(({ time }) => (time === undefined ? [] : [writeDeadline(time)]));
  if (abortSignal !== undefined) signals.push(abortSignal);
  return signals.length === 0 ? {} : { abortSignal: AbortSignal.any(signals) };
}

function abortOptions({ deadline }: Dynamo): { abortSignal?: AbortSignal } {
  const signal = deadline?.();
  return signal === undefined ? {} : { abortSignal: signal };
}

async function withUnavailable<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    throw isOutage(error) ? unavailable(error) : error;
  }
}

/**
 * Whether an error says that DynamoDB is out of reach: throttling, timeouts, the deadline, broken connections and
 * server errors. The SDK has already retried the call.
 */
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

/** The error if a change was refused because of a taken external id that has become free in the meantime. */
export function externalIdMoves(): CurlewError {
  return new CurlewError('busy', 'Another request changed the same externalId at the same time; try again.');
}

function unavailable(cause: unknown): CurlewError {
  return new CurlewError('unavailable', 'The storage does not answer at the moment; try again.', { cause });
}
