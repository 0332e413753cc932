import type { Environment, Layout } from './environments.ts';
import { dollarsBeyondFree, PRICES } from './prices.ts';
import type { Amount } from './ticket-cost.ts';

/** What a month costs in which nobody asks for help, for all that is in one account. */
export function idleAmounts(environments: readonly Environment[], layout: Layout): readonly Amount[] {
  return [
    { what: 'Alarms', price: 'alarms', amount: environments.reduce((sum, { alarms }) => sum + alarms[layout], 0) },
    { what: 'Dashboards', price: 'dashboards', amount: environments.length },
  ];
}

export function idleDollars(amounts: readonly Amount[]): number {
  return amounts.reduce((sum, { amount, price }) => sum + dollarsBeyondFree(amount, PRICES[price]), 0);
}
