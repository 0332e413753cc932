import { afterEach, describe, expect, it, vi } from 'vitest';
import { NewPassword, normalizePassword, PasswordByToken, PasswordChange, SignIn } from './index.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a password that takes minutes to normalise', () => {
  // Half a million combining marks, which normalisation has to sort.
  const long = `a${'\u0301\u0323'.repeat(250_000)}`;
  const good = 'ten brown curlews';

  it.each([
    ['new', NewPassword, long],
    ['set by a token', PasswordByToken, { token: 't', password: long }],
    ['put in place of another', PasswordChange, { currentPassword: good, password: long }],
    ['changed', PasswordChange, { currentPassword: long, password: good }],
    ['tried', SignIn, { email: 'joy@example.com', password: long }],
  ])('is rejected without normalisation when it is %s', (_, schema, input) => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    expect(schema.safeParse(input).success).toBe(false);
    expect(normalize.mock.contexts).not.toContain(long);
  });

  it('is reported as too long, with no other problem', () => {
    const { error } = NewPassword.safeParse(long);
    expect(error?.issues).toMatchObject([{ params: { code: 'too_long' } }]);
  });

  it('is rejected by normalizePassword, also without a check by a schema', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    expect(() => normalizePassword(long)).toThrow(RangeError);
    expect(normalize).not.toHaveBeenCalled();
  });
});
