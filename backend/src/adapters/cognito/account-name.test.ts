import { formatId } from '@curlew/core/kernel';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountName } from './account-name.ts';

describe('the name of an account', () => {
  it('is the user’s id where we made it', () => {
    const entropy = fc.array(fc.nat({ max: 31 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 47 }), entropy, (milliseconds, random) => {
        const id = formatId('usr', milliseconds, random);
        expect(accountName('org_a', id)).toBe(id);
      }),
    );
  });

  it.each([
    '01',
    'usr_admin',
    'USR_01M7Y02HH6RNXS70AT6C1RRBJS',
    'usr_01m7y02hh6rnxs70at6c1rrbj',
    `x${'y'.repeat(127)}`,
  ])('is a digest for %s, which is unique in its organization only', (id) => {
    const name = accountName('org_a', id);
    expect(name).toMatch(/^u-[0-9a-f]{32}$/);
    expect(accountName('org_b', id)).not.toBe(name);
    expect(accountName('org_a', id)).toBe(name);
  });

  it('differs where ids differ in case only, which the pool would not see', () => {
    expect(accountName('org_a', 'Ana')).not.toBe(accountName('org_a', 'ana'));
  });

  it('stays what it is for good', () => {
    expect(accountName('default', '01')).toBe('u-618a637b75786b1a64cc05cd3f25e397');
  });
});
