import type { PlacedEvent } from './outbox.ts';
import { nextWait, type RetrySchedule } from './retry-schedule.ts';

/** The delivery of one event to one owner. */
export interface Delivery extends PlacedEvent {
  /** The receiver: the name of a subscription, or the id of an endpoint. */
  readonly owner: string;
  /** Deliveries to an owner with the same ordering key are made in the order of their events. */
  readonly orderingKey: string;
  /** The number of failed tries. */
  readonly attempts: number;
  /** The error of the latest try; empty before the first try. */
  readonly error: string;
  /** ISO 8601: the time at which the delivery was first due or was replayed. Its age counts from here. */
  readonly since: string;
}

/**
 * The deliveries that wait for a retry, and the dead letters: deliveries that failed on their last try. Each change is
 * on disk when its promise resolves.
 */
export interface Deliveries {
  /** Adds a delivery that is due at its `since`. Changes nothing if the delivery waits already or is a dead letter. */
  add(delivery: Delivery): Promise<void>;

  /** Stores a failed delivery with the time of its next try, `retryAt` (ISO 8601). */
  park(delivery: Delivery, retryAt: string): Promise<void>;

  /**
   * Stores a delivery as a dead letter until an operator replays it. It no longer blocks later deliveries of its key.
   */
  bury(delivery: Delivery): Promise<void>;

  /** Removes a delivery that has succeeded. */
  settle(owner: string, position: number): Promise<void>;

  /** For each ordering key, the first waiting delivery, if it is due at `now`. */
  due(owner: string, now: string, limit: number): Promise<readonly Delivery[]>;

  /** The ordering keys of the owner that have waiting deliveries. */
  waitingKeys(owner: string): Promise<ReadonlySet<string>>;
}

/**
 * Records a try that failed at `now`: parks the delivery until the next try of the schedule, or stores it as a dead
 * letter after the last try. Resolves with true for a dead letter. `random` is a number from 0 to 1.
 */
export async function recordFailure(
  deliveries: Deliveries,
  schedule: RetrySchedule,
  delivery: Delivery,
  { error, now, random }: { readonly error: unknown; readonly now: string; readonly random: number },
): Promise<boolean> {
  const attempts = delivery.attempts + 1;
  const failed = { ...delivery, attempts, error: error instanceof Error ? error.message : String(error) };
  const ageMilliseconds = Date.parse(now) - Date.parse(delivery.since);
  const wait = nextWait(schedule, { attempts, ageMilliseconds }, random);
  if (wait === undefined) await deliveries.bury(failed);
  else await deliveries.park(failed, new Date(Date.parse(now) + wait).toISOString());
  return wait === undefined;
}
