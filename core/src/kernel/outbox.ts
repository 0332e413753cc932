import type { AnyEvent } from './events.ts';

/** An event with its place in the order in which events were committed. */
export interface PlacedEvent {
  readonly position: number;
  readonly event: AnyEvent;
}

export interface ParkedDelivery extends PlacedEvent {
  readonly subscription: string;
  /** How often the delivery was tried. */
  readonly attempts: number;
  /** Why the last try failed; empty for one that only waits behind an earlier event of its subject. */
  readonly error: string;
}

/** Events that a host with a bus of its own has yet to deliver. What a store saved, and nothing else, is in it. */
export interface Outbox {
  /** The next events that the subscription has not passed, oldest first. */
  next(subscription: string, limit: number): Promise<readonly PlacedEvent[]>;

  /** Remembers that the subscription has passed all events up to `position`. On disk when the promise resolves. */
  pass(subscription: string, position: number): Promise<void>;

  /** Sets a delivery aside behind an earlier one of its subject. One that is set aside already stays as it is. */
  queue(delivery: ParkedDelivery, since: string): Promise<void>;

  /** Sets a delivery that failed aside, to be tried again from `retryAt` on (ISO 8601). */
  park(delivery: ParkedDelivery, retryAt: string): Promise<void>;

  /** Keys of the subjects that have deliveries set aside, dead ones not counted. */
  parkedSubjects(subscription: string): Promise<ReadonlySet<string>>;

  /** For each subject the earliest delivery set aside, if its time has come. */
  due(subscription: string, now: string, limit: number): Promise<readonly ParkedDelivery[]>;

  /** A delivery that was set aside has succeeded. */
  settle(subscription: string, position: number): Promise<void>;

  /** Gives up on a delivery; it stays as a dead letter until somebody replays it. */
  bury(delivery: ParkedDelivery): Promise<void>;
}
