import type { AnyEvent } from './events.ts';

/** An event with its place in the order in which events were committed. */
export interface PlacedEvent {
  readonly position: number;
  readonly event: AnyEvent;
}

/** The events that a host with its own bus has not yet delivered: those that stores saved, and no others. */
export interface Outbox {
  /** The next events that the subscription has not passed, oldest first. */
  next(subscription: string, limit: number): Promise<readonly PlacedEvent[]>;

  /** Remembers that the subscription has passed all events up to `position`. On disk when the promise resolves. */
  pass(subscription: string, position: number): Promise<void>;
}
