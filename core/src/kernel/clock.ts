/**
 * Returns the present time. A host has two clocks and never mixes them. The order clock never goes back; `createdAt`,
 * `updatedAt` and ids use it. The wall clock is the machine's own; expiry and timers use it.
 * The wall clock can be set back, so stored times of the wall clock can lie in the future.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  milliseconds(): number;
  /** ISO 8601 in UTC with milliseconds. */
  iso(): string;
}
