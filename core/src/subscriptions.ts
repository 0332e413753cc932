import { TICKET_EVENTS } from './ticket/events.ts';

export interface Subscription {
  /** Names the subscription for good: what it has seen so far is remembered under this name. */
  readonly name: string;
  /** The service that listens. */
  readonly service: 'tickets' | 'tasks' | 'users' | 'analytics';
  /** The event types that it hears. */
  readonly events: readonly string[];
}

/** Which service listens to which event. Each host wires every name to its reaction. */
export const SUBSCRIPTIONS = [
  // A message moves no ticket from one count to another.
  { name: 'ticket-counts', service: 'analytics', events: TICKET_EVENTS.filter((type) => type !== 'message.added') },
] as const satisfies readonly Subscription[];

export type SubscriptionName = (typeof SUBSCRIPTIONS)[number]['name'];
