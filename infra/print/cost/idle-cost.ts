import type { Environment, Layout } from './environments.ts';
import { dollarsBeyondFree, PRICES } from './prices.ts';
import type { Amount } from './ticket-cost.ts';

/** The amounts of a month without requests, for all environments in one account. */
export function idleAmounts(environments: readonly Environment[], layout: Layout): readonly Amount[] {
  return [
    { what: 'Alarms', price: 'alarms', amount: environments.reduce((sum, { alarms }) => sum + alarms[layout], 0) },
    { what: 'Dashboards', price: 'dashboards', amount: environments.length },
  ];
}

export function idleDollars(amounts: readonly Amount[]): number {
  return amounts.reduce((sum, { amount, price }) => sum + dollarsBeyondFree(amount, PRICES[price]), 0);
}
