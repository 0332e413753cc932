import type { AnyEvent } from './events.ts';

/** An event with its position in the order of commits. */
export interface PlacedEvent {
  readonly position: number;
  readonly event: AnyEvent;
}

/**
 * The saved events that a host with its own event bus has not delivered yet. It contains an event if and only if a
 * store committed it.
 */
export interface Outbox {
  /** The next events after the subscription's position and after the position `after`, oldest first. */
  next(subscription: string, limit: number, after?: number): Promise<readonly PlacedEvent[]>;

  /** Sets the subscription's position: all events up to `position` are done. On disk when the promise resolves. */
  pass(subscription: string, position: number): Promise<void>;
}
