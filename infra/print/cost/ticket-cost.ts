import { FUNCTIONS } from '../../../backend/src/hosts/lambda/functions.ts';
import { SUBSCRIPTIONS } from '../../../backend/src/services/index.ts';
import { dollarsFor, PRICES, type Priced } from './prices.ts';
import { type RequestUnits, unitsOf } from './request-units.ts';
import { ASSUMPTIONS, CONSUME_EVENT, EACH_REQUEST, READ_TEXT, REQUESTS } from './workload.ts';

export type ApiKind = 'http' | 'rest';

/** An amount of a unit that has a price. */
export interface Amount {
  readonly what: string;
  readonly price: Priced;
  readonly amount: number;
}

const KIB_PER_GB = 1_000_000_000 / 1024;

/** All amounts that the tickets use in their lives. Assumes the worst case: each event has its own run of the relay. */
export function amountsFor(tickets: number, api: ApiKind, units: RequestUnits): readonly Amount[] {
  const requests = REQUESTS.map((request) => ({ ...request, times: request.timesPerTicket * tickets }));
  const requestCount = sum(requests.map(({ times }) => times));
  const eventCount = sum(requests.map(({ times, event }) => (event === undefined ? 0 : times)));
  const deliveriesTo = ({ events }: (typeof SUBSCRIPTIONS)[number]) =>
    sum(requests.map(({ times, event }) => (event !== undefined && events.includes(event) ? times : 0)));
  const deliveries = sum(SUBSCRIPTIONS.map(deliveriesTo));
  const counted = sum(SUBSCRIPTIONS.filter(({ name }) => name === 'ticket-counts').map(deliveriesTo));
  const texts = tickets * ASSUMPTIONS.textsPerTicket;
  // The relay carries one more event for each analysed text: the result of the analysis.
  const relayed = eventCount + texts;
  const runs = requestCount + relayed + deliveries;
  const seconds =
    sum(requests.map(({ times, milliseconds }) => (times * milliseconds * gigabytes('http')) / 1000)) +
    (relayed * gigabytes('streams') + deliveries * gigabytes('subscription')) * (ASSUMPTIONS.eventMilliseconds / 1000) +
    texts * gigabytes('subscription') * (ASSUMPTIONS.readingMilliseconds / 1000);
  const access = (kind: 'write' | 'read') =>
    sum(
      requests.flatMap(({ name, times }) => [name, ...EACH_REQUEST].map((one) => times * unitsOf(units, one)[kind])),
    ) +
    counted * unitsOf(units, CONSUME_EVENT)[kind] +
    texts * unitsOf(units, READ_TEXT)[kind];
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
    { what: 'Events on the bus', price: 'events', amount: relayed },
    { what: 'Reads of learned files', price: 'fileReads', amount: texts },
    { what: 'Logs', price: 'logs', amount: (runs * ASSUMPTIONS.logKibPerRun) / KIB_PER_GB },
    { what: 'Traces', price: 'traces', amount: requestCount * ASSUMPTIONS.tracedShare },
    { what: 'Answers sent out', price: 'transferOut', amount: (requestCount * ASSUMPTIONS.answerKib) / KIB_PER_GB },
  ];
}

const CHARACTERS_PER_UNIT = 100;
const LEAST_UNITS = 3;
/** One call of Comprehend each for language, sentiment and key phrases. */
const CALLS_PER_TEXT = 3;

/** The cost of Comprehend for the texts of `tickets` tickets. */
export function readingDollars(tickets: number): number {
  const units = Math.max(LEAST_UNITS, Math.ceil(ASSUMPTIONS.textCharacters / CHARACTERS_PER_UNIT));
  return dollarsFor(tickets * ASSUMPTIONS.textsPerTicket * CALLS_PER_TEXT * units, PRICES.textUnits);
}

export function totalOf(amounts: readonly Amount[]): number {
  return sum(amounts.map(({ amount, price }) => dollarsFor(amount, PRICES[price])));
}

/** Memory of the largest function with this trigger. */
function gigabytes(trigger: (typeof FUNCTIONS)[number]['trigger']): number {
  const all = FUNCTIONS.filter((design) => design.trigger === trigger);
  return Math.max(...all.map(({ memoryMegabytes }) => memoryMegabytes)) / 1024;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
