import { randomUUID } from 'node:crypto';
import { any, customersOf, incomingTicket, reply } from './samples.ts';

export type OperationId = 'read' | 'list' | 'byStatus' | 'byStatusAndPriority' | 'byUpdate' | 'message' | 'create';

/** The facts about a filled database that the load generator needs. */
export interface Known {
  readonly tickets: number;
  /** The ids of tickets from all parts of the database. */
  readonly ids: readonly string[];
  /** The ids among `ids` of tickets that accept messages. */
  readonly openIds: readonly string[];
  /** The API key of an admin. Every request contains it. */
  readonly key: string;
}

export interface Operation {
  readonly id: OperationId;
  readonly title: string;
  readonly expectedStatus: number;
  /** Whether the operation adds rows. The next phase then waits until their events are delivered. */
  readonly writes: boolean;
  /** Whether the operation is a list, whose time should hardly grow with the number of tickets. */
  readonly lists: boolean;
  /** The target: the least rate, as a share of the floor's rate. */
  readonly leastRatio?: number;
  /** The next request, as bytes of HTTP. */
  request(known: Known): string;
}

/** The reads come first, because the writes add tickets to the database. */
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
  // The samples are ASCII, so their length in bytes is their length in characters.
  const text = JSON.stringify(body);
  return `${start}Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
}
