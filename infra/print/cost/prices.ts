/** A price in US dollars for `per` units. Every account gets `free` units a month for free, without an end date. */
export interface Price {
  readonly dollars: number;
  readonly per: number;
  readonly unit: string;
  readonly free?: number;
}

const MILLION = 1_000_000;

/** List prices without taxes, discounts and the free amounts of an account's first year. */
export const PRICES = {
  date: '2026-11-21',
  region: 'us-east-1',
  source: 'the pricing pages of the services at https://aws.amazon.com/pricing',
  httpApi: { dollars: 1, per: MILLION, unit: 'requests' },
  restApi: { dollars: 3.5, per: MILLION, unit: 'requests' },
  lambdaRequests: { dollars: 0.2, per: MILLION, unit: 'runs', free: MILLION },
  /** The price of arm64 functions. */
  lambdaTime: { dollars: 0.0000133334, per: 1, unit: 'GB-seconds', free: 400_000 },
  /** The on-demand price since AWS's price cut of November 2024. */
  tableWrites: { dollars: 0.625, per: MILLION, unit: 'write units' },
  tableReads: { dollars: 0.125, per: MILLION, unit: 'read units' },
  tableStorage: { dollars: 0.25, per: 1, unit: 'GB-months', free: 25 },
  tableBackup: { dollars: 0.2, per: 1, unit: 'GB-months' },
  events: { dollars: 1, per: MILLION, unit: 'events' },
  logs: { dollars: 0.5, per: 1, unit: 'GB', free: 5 },
  traces: { dollars: 5, per: MILLION, unit: 'traces', free: 100_000 },
  transferOut: { dollars: 0.09, per: 1, unit: 'GB', free: 100 },
  alarms: { dollars: 0.1, per: 1, unit: 'alarms', free: 10 },
  secrets: { dollars: 0.4, per: 1, unit: 'secret-months' },
  secretReads: { dollars: 5, per: MILLION, unit: 'calls' },
  /** A unit is 100 characters; each call costs at least three units. The free units of the first year are excluded. */
  textUnits: { dollars: 0.0001, per: 1, unit: 'text units' },
  /** A classifier's endpoint, per second and inference unit, also while idle. */
  classifierSeconds: { dollars: 0.0005, per: 1, unit: 'seconds' },
  fileReads: { dollars: 0.4, per: MILLION, unit: 'requests' },
  dashboards: { dollars: 3, per: 1, unit: 'dashboards', free: 3 },
} as const satisfies Record<string, Price | string>;

export type Priced = {
  [Key in keyof typeof PRICES]: (typeof PRICES)[Key] extends Price ? Key : never;
}[keyof typeof PRICES];

export function dollarsFor(amount: number, { dollars, per }: Price): number {
  return (amount * dollars) / per;
}

/** The cost of a month's amount after the free amount, if nothing else in the account uses the free amount. */
export function dollarsBeyondFree(amount: number, price: Price): number {
  return dollarsFor(Math.max(0, amount - (price.free ?? 0)), price);
}
