import type { PlacedEvent } from './outbox.ts';
import { nextWait, type RetrySchedule } from './retry-schedule.ts';

/** The delivery of one event to one owner. */
export interface Delivery extends PlacedEvent {
  /** The receiver: the name of a subscription, or the id of an endpoint. */
  readonly owner: string;
  /** Deliveries of an owner with the same key are made in the order of their events. */
  readonly orderingKey: string;
  /** How often the delivery was tried. */
  readonly attempts: number;
  /** Why the last try failed; empty before the first. */
  readonly error: string;
  /** From here on its age counts, ISO 8601: when it was first due, or replayed. */
  readonly since: string;
}

/**
 * Deliveries that were not made at once: those that wait for a try, and those that were given up (dead letters). Each
 * change is on disk when its promise resolves.
 */
export interface Deliveries {
  /** Adds a delivery that is due at its `since`. Changes nothing when the delivery is here already, waiting or dead. */
  add(delivery: Delivery): Promise<void>;

  /** Keeps a delivery that failed until its next try at `retryAt` (ISO 8601). */
  park(delivery: Delivery, retryAt: string): Promise<void>;

  /** Keeps a delivery that was given up, until an operator replays it. It no longer holds up later ones of its key. */
  bury(delivery: Delivery): Promise<void>;

  /** Removes a delivery that was made. */
  settle(owner: string, position: number): Promise<void>;

  /** The first waiting delivery of each ordering key, when it is due at `now`. */
  due(owner: string, now: string, limit: number): Promise<readonly Delivery[]>;

  /** Ordering keys of the owner with waiting deliveries. */
  waitingKeys(owner: string): Promise<ReadonlySet<string>>;
}

/**
 * Counts a try that failed at `now`, and parks the delivery until the next try of the schedule or buries it after the
 * last. Resolves with whether it was buried. `random` is a number from 0 to 1.
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
