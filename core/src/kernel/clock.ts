/**
 * Tells the present instant. A host has two clocks and never mixes them. The order clock never goes back: it gives
 * `createdAt`, `updatedAt` and the ids. The wall clock is the machine's own: by it things expire and timers fire.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  milliseconds(): number;
  /** ISO 8601 in UTC with milliseconds. */
  iso(): string;
}
