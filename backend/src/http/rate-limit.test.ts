import { describe, expect, it } from 'vitest';
import { requestCountsContract } from '../../test/request-counts.contract.ts';
import { RateLimitSetting } from '../hosts/rate-limits.ts';
import { countsInMemory, RATE_LIMITS, rateLimiter } from './rate-limit.ts';

requestCountsContract(async () => countsInMemory());

describe('the limits', () => {
  const person = { organizationId: 'org_a', userId: 'usr_1', role: 'agent' } as const;
  const small = { person: { reads: 2, writes: 1 }, key: { reads: 4, writes: 3 }, signIn: 2 };
  let time = Date.parse('2026-03-03T10:00:40Z');
  const limited = () => rateLimiter(countsInMemory(), small, () => time);
  const outcomes = async (many: readonly (() => Promise<unknown>)[]) => {
    const results = [];
    for (const one of many)
      results.push(
        await one().then(
          () => true,
          () => false,
        ),
      );
    return results;
  };

  it('count reads and writes separately for each person and their keys, and restart every minute', async () => {
    const limiter = limited();
    const requestBy = (actor: object, method: string) => () => limiter.request({ ...person, ...actor }, method);
    expect(await outcomes(['GET', 'HEAD', 'OPTIONS', 'POST', 'PATCH'].map((method) => requestBy({}, method)))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(await outcomes(Array(5).fill(requestBy({ keyId: 'key_1' }, 'GET')))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(
      await outcomes([requestBy({ userId: 'usr_2' }, 'GET'), requestBy({ organizationId: 'org_b' }, 'GET')]),
    ).toEqual([true, true]);
    time += 20_000;
    expect(await outcomes([requestBy({}, 'GET')])).toEqual([true]);
  });

  it('do not grow with the number of keys of a user', async () => {
    const limiter = limited();
    const written = (actor: object) => () => limiter.request({ ...person, ...actor }, 'POST');
    const keys = ['key_1', 'key_2', 'key_3', 'key_4'].map((keyId) => ({ keyId }));
    expect(await outcomes(keys.map(written))).toEqual([true, true, true, false]);
    expect(await outcomes([written({}), written({ userId: 'usr_2', keyId: 'key_5' })])).toEqual([true, true]);
  });

  it('are those of a person for the keys of a customer, together with the requests without a key', async () => {
    const limiter = limited();
    const read = (actor: object) => () => limiter.request({ ...person, role: 'customer', ...actor }, 'GET');
    expect(await outcomes([read({}), read({ keyId: 'key_1' }), read({ keyId: 'key_2' })])).toEqual([true, true, false]);
  });

  it('count sign-in attempts by address and by account', async () => {
    const limiter = limited();
    const tried = (address: string, account: string) => () => limiter.signIn(address, account);
    expect(await outcomes([tried('a', 'x'), tried('a', 'y'), tried('a', 'z')])).toEqual([true, true, false]);
    expect(await outcomes([tried('b', 'x'), tried('c', 'x')])).toEqual([true, false]);
    await expect(limiter.signIn('a', 'x')).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('are parsed from a setting; limits that it does not name keep their defaults', () => {
    expect(RateLimitSetting.parse('off')).toBeUndefined();
    expect(RateLimitSetting.parse('')).toEqual(RATE_LIMITS);
    expect(RateLimitSetting.parse('reads=7, key-writes=8')).toEqual({
      ...RATE_LIMITS,
      person: { reads: 7, writes: 300 },
      key: { reads: 6000, writes: 8 },
    });
    for (const wrong of ['on', 'reads=', 'reads=-1', 'reads=1.5', 'everything=1', 'reads=9999999999']) {
      expect(RateLimitSetting.safeParse(wrong).success).toBe(false);
    }
  });
});
