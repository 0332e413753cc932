import { describe, expect, it } from 'vitest';
import { readEnvironments } from './environments.ts';
import { idleAmounts, idleDollars } from './idle-cost.ts';
import { dollarsBeyondFree, dollarsFor, PRICES } from './prices.ts';
import { readRequestUnits } from './request-units.ts';
import { amountsFor, readingDollars, totalOf } from './ticket-cost.ts';
import { ASSUMPTIONS, CONSUME_EVENT, EACH_REQUEST, READ_TEXT, REQUESTS } from './workload.ts';

const none = { write: 0, read: 0 };
const nothing = Object.fromEntries(
  [...REQUESTS.map(({ name }) => name), ...EACH_REQUEST, CONSUME_EVENT, READ_TEXT].map((name) => [name, none]),
);

describe('the cost of tickets', () => {
  it('grows in proportion to their number', () => {
    expect(totalOf(amountsFor(2000, 'http', nothing))).toBeCloseTo(2 * totalOf(amountsFor(1000, 'http', nothing)));
  });

  it('is higher with the REST API by the price of the requests only', () => {
    const requests = REQUESTS.reduce((sum, { timesPerTicket }) => sum + timesPerTicket, 0);
    const more = totalOf(amountsFor(1, 'rest', nothing)) - totalOf(amountsFor(1, 'http', nothing));
    expect(more).toBeCloseTo(dollarsFor(requests, PRICES.restApi) - dollarsFor(requests, PRICES.httpApi));
  });

  it('counts the units of each request as often as it happens', () => {
    const units = { ...nothing, changeTicket: { write: 9, read: 2 } };
    const amount = (price: string) => amountsFor(1, 'http', units).find((one) => one.price === price)?.amount;
    expect([amount('tableWrites'), amount('tableReads')]).toEqual([36, 8]);
    const counted = { ...nothing, countRequest: { write: 1, read: 0 } };
    const requests = REQUESTS.reduce((sum, { timesPerTicket }) => sum + timesPerTicket, 0);
    expect(amountsFor(1, 'http', counted).find(({ price }) => price === 'tableWrites')?.amount).toBe(requests);
  });

  it('counts the units of each analysed text, and the cost of Comprehend separately', () => {
    const units = { ...nothing, [READ_TEXT]: { write: 15, read: 3 } };
    const amount = (price: string) => amountsFor(1, 'http', units).find((one) => one.price === price)?.amount;
    const { textsPerTicket, textCharacters } = ASSUMPTIONS;
    expect([amount('tableWrites'), amount('tableReads')]).toEqual([15 * textsPerTicket, 3 * textsPerTicket]);
    expect(readingDollars(1)).toBeCloseTo((textsPerTicket * 3 * textCharacters * 0.0001) / 100);
  });

  it('throws if the units were not counted', () => {
    const { readTicket, ...rest } = nothing;
    expect(() => amountsFor(1, 'http', rest)).toThrow('The units of readTicket were not counted.');
    expect(() => readRequestUnits(new URL('nowhere.json', import.meta.url))).toThrow(/nowhere\.json is missing/);
  });
});

describe('the cost of a month without tickets', () => {
  it('is zero for an environment without alarms', () => {
    const alarms = { 'one-function': 0, 'per-service': 0 };
    const idle = idleAmounts([{ name: 'quiet', alarms, recovery: true, logDays: 7 }], 'one-function');
    expect(idleDollars(idle)).toBe(0);
  });

  it('counts only amounts beyond the free ones', () => {
    expect([9, 10, 12].map((amount) => dollarsBeyondFree(amount, PRICES.alarms))).toEqual([0, 0, 0.2]);
  });

  it('covers all environments, and dev costs nothing', () => {
    const environments = readEnvironments();
    expect(environments.map(({ name }) => name)).toEqual(['dev', 'prod', 'staging']);
    const dev = environments.filter(({ name }) => name === 'dev');
    expect(idleDollars(idleAmounts(dev, 'one-function'))).toBe(0);
  });
});
