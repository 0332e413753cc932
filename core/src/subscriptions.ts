import { TICKET_EVENTS } from './ticket/events.ts';
import { USER_EVENTS } from './user/events.ts';

export interface Subscription {
  /** Names the subscription for good: what it has seen so far is remembered under this name. */
  readonly name: string;
  /** The service that listens. */
  readonly service: 'tickets' | 'tasks' | 'users' | 'analytics' | 'triage';
  /** The event types that it hears. */
  readonly events: readonly string[];
  /** What it is of no use without: where that is not, neither is the subscription. */
  readonly needs?: 'user-pool';
}

/** Which service listens to which event. Each host wires every name to its reaction. */
export const SUBSCRIPTIONS = [
  {
    name: 'ticket-counts',
    service: 'analytics',
    // The others move no ticket from one count to another.
    events: TICKET_EVENTS.filter((type) => type !== 'message.added' && type !== 'ticket.triaged'),
  },
  {
    name: 'triage',
    service: 'triage',
    events: ['ticket.created', 'ticket.updated', 'ticket.restored', 'message.added'],
  },
  { name: 'accounts', service: 'users', events: USER_EVENTS, needs: 'user-pool' },
] as const satisfies readonly Subscription[];

type Known = (typeof SUBSCRIPTIONS)[number];
export type SubscriptionName = Known['name'];

/** Those that are wherever Curlew runs. */
export const SUBSCRIPTIONS_EVERYWHERE = SUBSCRIPTIONS.filter((one) => !('needs' in one)) as Exclude<
  Known,
  { readonly needs: string }
>[];
