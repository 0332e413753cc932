import type { TicketEventType } from '../../../core/src/ticket/events.ts';

/** A request of the API, by its name in `docs/request-units.json`. */
interface Request {
  readonly name: string;
  readonly description: string;
  readonly timesPerTicket: number;
  /** The event that the request causes. */
  readonly event?: TicketEventType;
  readonly milliseconds: number;
}

// Estimates, because a test cannot measure a warm function on AWS: a read or a transaction of DynamoDB, the code around
// it, and a share of cold starts.
const READ_MILLISECONDS = 25;
const WRITE_MILLISECONDS = 50;

/** The requests that an ordinary ticket causes in its life. */
export const REQUESTS: readonly Request[] = [
  {
    name: 'createTicket',
    description: 'Open the ticket',
    timesPerTicket: 1,
    event: 'ticket.created',
    milliseconds: WRITE_MILLISECONDS,
  },
  {
    name: 'addMessage',
    description: 'Add replies and notes',
    timesPerTicket: 3,
    event: 'message.added',
    milliseconds: WRITE_MILLISECONDS,
  },
  {
    name: 'changeTicket',
    description: 'Assign, move on, resolve, close',
    timesPerTicket: 4,
    event: 'ticket.status_changed',
    milliseconds: WRITE_MILLISECONDS,
  },
  {
    name: 'readTicket',
    description: 'Read the ticket',
    timesPerTicket: 10,
    milliseconds: READ_MILLISECONDS,
  },
  {
    name: 'listPage',
    description: 'List a page of 25 tickets',
    timesPerTicket: 8,
    milliseconds: READ_MILLISECONDS,
  },
];

/** Further accesses of every request, in the worst case: the caller's lookup, and the count for the caller's limit. */
export const EACH_REQUEST = ['lookUpCaller', 'countRequest'] as const;

/** The table access for one delivery of an event to a subscription, by its name in `docs/request-units.json`. */
export const CONSUME_EVENT = 'consumeEvent';

/** The table access for analysing a ticket's text or a customer's reply, by its name in `docs/request-units.json`. */
export const READ_TEXT = 'triageTicket';

/** The assumptions of the calculation. */
export const ASSUMPTIONS = {
  eventMilliseconds: 30,
  /** A ticket's own text, and a customer's reply. Triage ends at once for the ticket's other events. */
  textsPerTicket: 2,
  textCharacters: 600,
  /** Two sequential calls of Comprehend, or the embedded models. */
  readingMilliseconds: 400,
  /** One log line of Curlew, and Lambda's lines about each run. */
  logKibPerRun: 1.5,
  answerKib: 4,
  /** X-Ray's default traces one request a second, and this share of all other requests. */
  tracedShare: 0.05,
  /** A ticket with its messages, events, and copies in the indexes. */
  storedKibPerTicket: 20,
  monthSeconds: (365 / 12) * 24 * 60 * 60,
} as const;
