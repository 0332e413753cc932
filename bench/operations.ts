import { randomUUID } from 'node:crypto';
import { any, customersOf, incomingTicket, reply } from './samples.ts';

export type OperationId = 'read' | 'list' | 'byStatus' | 'byStatusAndPriority' | 'byUpdate' | 'message' | 'create';

/** What the generator knows of the database that it asks. */
export interface Known {
  readonly tickets: number;
  /** Tickets from all over the database. */
  readonly ids: readonly string[];
  /** Those of them that take messages. */
  readonly openIds: readonly string[];
  /** An API key of an admin: every request carries it. */
  readonly key: string;
}

export interface Operation {
  readonly id: OperationId;
  readonly title: string;
  readonly expectedStatus: number;
  /** Adds rows, so that the next phase must wait until their events are delivered. */
  readonly writes: boolean;
  /** Whether the time may hardly depend on how many tickets there are. */
  readonly lists: boolean;
  /** The least rate that we want, as a part of the floor's. */
  readonly leastRatio?: number;
  /** The next request, as it goes over the wire. */
  request(known: Known): string;
}

/** The reads come first, since the writes add to what is there. */
export const OPERATIONS: readonly Operation[] = [
  {
    ...reading('read', 'Read a ticket', ({ ids }) => `/v1/tickets/${any(ids)}`),
    leastRatio: 0.4,
  },
  listing('list', 'List the newest 25', ''),
  listing('byStatus', 'List with status', '?status=OPEN'),
  listing('byStatusAndPriority', 'List with status and priority', '?status=OPEN&priority=HIGH'),
  listing('byUpdate', 'List with status, by last update', '?sort=-updatedAt&status=OPEN'),
  {
    ...writing('message', 'Add a message'),
    request: ({ openIds, key }) => http(key, 'POST', `/v1/tickets/${any(openIds)}/messages`, reply()),
  },
  {
    ...writing('create', 'Create a ticket'),
    leastRatio: 0.35,
    request: ({ tickets, key }) =>
      http(key, 'POST', '/v1/tickets', incomingTicket(customersOf(tickets)), `Idempotency-Key: ${uniqueKey()}\r\n`),
  },
];

export function operation(id: OperationId): Operation {
  return OPERATIONS.find((one) => one.id === id) as Operation;
}

function reading(id: OperationId, title: string, path: (known: Known) => string) {
  const request = (known: Known) => http(known.key, 'GET', path(known));
  return { id, title, expectedStatus: 200, writes: false, lists: false, request };
}

function listing(id: OperationId, title: string, query: string): Operation {
  return { ...reading(id, title, () => `/v1/tickets${query}`), lists: true };
}

function writing(id: OperationId, title: string) {
  return { id, title, expectedStatus: 201, writes: true, lists: false };
}

const run = randomUUID();
let keys = 0;

function uniqueKey(): string {
  return `${run}-${keys++}`;
}

function http(key: string, method: string, path: string, body?: object, header = ''): string {
  const always = `Host: localhost\r\nUser-Agent: curlew-bench\r\nAccept: */*\r\nAuthorization: Bearer ${key}\r\n`;
  const start = `${method} ${path} HTTP/1.1\r\n${always}${header}`;
  if (body === undefined) return `${start}\r\n`;
  // The samples are ASCII: as many bytes as characters.
  const text = JSON.stringify(body);
  return `${start}Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
}
