import { describe, expect, it } from 'vitest';
import { accountName } from './account-name.ts';

describe('the name of an account', () => {
  it.each(['01', 'usr_admin', 'usr_01m7y02hh6rnxs70at6c1rrbjs', `x${'y'.repeat(127)}`])(
    'is a digest for %s that differs between organizations',
    (id) => {
      const name = accountName('org_a', id);
      expect(name).toMatch(/^u-[0-9a-f]{32}$/);
      expect(accountName('org_b', id)).not.toBe(name);
      expect(accountName('org_a', id)).toBe(name);
    },
  );

  it('differs for ids that differ in case only, because the pool ignores case', () => {
    expect(accountName('org_a', 'Ana')).not.toBe(accountName('org_a', 'ana'));
  });

  it('separates the organization from the user', () => {
    expect(accountName('org_a', 'b')).not.toBe(accountName('org_', 'ab'));
  });

  it('never changes between versions', () => {
    expect(accountName('default', '01')).toBe('u-618a637b75786b1a64cc05cd3f25e397');
  });
});
