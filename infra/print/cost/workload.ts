import type { TicketEventType } from '../../../core/src/ticket/events.ts';

/** A request of the API, as `docs/request-units.json` calls it. */
interface Request {
  readonly name: string;
  readonly description: string;
  readonly timesPerTicket: number;
  /** The event that it causes. */
  readonly event?: TicketEventType;
  readonly milliseconds: number;
}

// How long a warm function takes cannot be counted here: this is what a read or a transaction of DynamoDB takes, with
// the code around it, and a share of cold starts.
const READ_MILLISECONDS = 25;
const WRITE_MILLISECONDS = 50;

/** What happens to an ordinary ticket in its life. */
export const REQUESTS: readonly Request[] = [
  {
    name: 'createTicket',
    description: 'It is opened',
    timesPerTicket: 1,
    event: 'ticket.created',
    milliseconds: WRITE_MILLISECONDS,
  },
  {
    name: 'addMessage',
    description: 'Replies and notes',
    timesPerTicket: 3,
    event: 'message.added',
    milliseconds: WRITE_MILLISECONDS,
  },
  {
    name: 'changeTicket',
    description: 'It is assigned, moved on, resolved, closed',
    timesPerTicket: 4,
    event: 'ticket.status_changed',
    milliseconds: WRITE_MILLISECONDS,
  },
  {
    name: 'readTicket',
    description: 'Somebody looks at it',
    timesPerTicket: 10,
    milliseconds: READ_MILLISECONDS,
  },
  {
    name: 'listPage',
    description: 'A page of 25 that it is found on',
    timesPerTicket: 8,
    milliseconds: READ_MILLISECONDS,
  },
];

/** What every request costs the tables besides: who asks is looked up, at worst each time, and the request counted. */
export const EACH_REQUEST = ['lookUpCaller', 'countRequest'] as const;

/** What a delivery of an event to a subscription costs a table, as `docs/request-units.json` calls it. */
export const CONSUME_EVENT = 'consumeEvent';

/** What reading a ticket's text, or its customer's reply, costs the tables, as `docs/request-units.json` calls it. */
export const READ_TEXT = 'triageTicket';

/** What the rest of the calculation takes for granted. */
export const ASSUMPTIONS = {
  eventMilliseconds: 30,
  /** A ticket's own text, and a reply of its customer. What else triage hears of it leaves at once. */
  textsPerTicket: 2,
  textCharacters: 600,
  /** Comprehend's two answers, one after the other, or our own models. */
  readingMilliseconds: 400,
  /** A line of ours, and those that Lambda writes about each run. */
  logKibPerRun: 1.5,
  answerKib: 4,
  /** X-Ray's default: one request a second, and this share of the others. */
  tracedShare: 0.05,
  /** A ticket with its messages, events, and copies in the indexes. */
  storedKibPerTicket: 20,
  monthSeconds: (365 / 12) * 24 * 60 * 60,
} as const;
