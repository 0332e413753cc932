import { SUBSCRIPTIONS } from '@curlew/core/subscriptions';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';
import { dollarsFor, PRICES, type Priced } from './prices.ts';
import { type RequestUnits, unitsOf } from './request-units.ts';
import { ASSUMPTIONS, CONSUME_EVENT, EACH_REQUEST, REQUESTS } from './workload.ts';

export type ApiKind = 'http' | 'rest';

/** An amount of something that has a price. */
export interface Amount {
  readonly what: string;
  readonly price: Priced;
  readonly amount: number;
}

const KIB_PER_GB = 1_000_000_000 / 1024;

/** Everything that so many tickets use up in their lives, at their worst: no event shares a run of the relay with another. */
export function amountsFor(tickets: number, api: ApiKind, units: RequestUnits): readonly Amount[] {
  const requests = REQUESTS.map((request) => ({ ...request, times: request.timesPerTicket * tickets }));
  const requestCount = sum(requests.map(({ times }) => times));
  const eventCount = sum(requests.map(({ times, event }) => (event === undefined ? 0 : times)));
  const deliveries = sum(
    SUBSCRIPTIONS.flatMap(({ events }) =>
      requests.map(({ times, event }) =>
        event !== undefined && (events as readonly string[]).includes(event) ? times : 0,
      ),
    ),
  );
  const runs = requestCount + eventCount + deliveries;
  const seconds =
    sum(requests.map(({ times, milliseconds }) => (times * milliseconds * gigabytes('http')) / 1000)) +
    (eventCount * gigabytes('streams') + deliveries * gigabytes('subscription')) *
      (ASSUMPTIONS.eventMilliseconds / 1000);
  const access = (kind: 'write' | 'read') =>
    sum(
      requests.flatMap(({ name, times }) => [name, ...EACH_REQUEST].map((one) => times * unitsOf(units, one)[kind])),
    ) +
    deliveries * unitsOf(units, CONSUME_EVENT)[kind];
  return [
    { what: 'Requests to the API', price: api === 'http' ? 'httpApi' : 'restApi', amount: requestCount },
    { what: 'Runs of functions', price: 'lambdaRequests', amount: runs },
    { what: 'Time of functions', price: 'lambdaTime', amount: seconds },
    { what: 'Writes to tables', price: 'tableWrites', amount: access('write') },
    { what: 'Reads of tables', price: 'tableReads', amount: access('read') },
    {
      what: 'Storage, for a month',
      price: 'tableStorage',
      amount: (tickets * ASSUMPTIONS.storedKibPerTicket) / KIB_PER_GB,
    },
    { what: 'Events on the bus', price: 'events', amount: eventCount },
    { what: 'Logs', price: 'logs', amount: (runs * ASSUMPTIONS.logKibPerRun) / KIB_PER_GB },
    { what: 'Traces', price: 'traces', amount: requestCount * ASSUMPTIONS.tracedShare },
    { what: 'Answers sent out', price: 'transferOut', amount: (requestCount * ASSUMPTIONS.answerKib) / KIB_PER_GB },
  ];
}

export function totalOf(amounts: readonly Amount[]): number {
  return sum(amounts.map(({ amount, price }) => dollarsFor(amount, PRICES[price])));
}

/** Memory of the largest function of a kind. */
function gigabytes(trigger: (typeof FUNCTIONS)[number]['trigger']): number {
  const all = FUNCTIONS.filter((design) => design.trigger === trigger);
  return Math.max(...all.map(({ memoryMegabytes }) => memoryMegabytes)) / 1024;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
