import { afterEach, describe, expect, it, vi } from 'vitest';
import { NewPassword, PasswordByToken, PasswordChange, SignIn, sameText } from './index.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a password that takes minutes to normalise', () => {
  // A megabyte of marks that have to be sorted.
  const long = `a${'\u0301\u0323'.repeat(250_000)}`;
  const good = 'ten brown curlews';

  it.each([
    ['new', NewPassword, long],
    ['set by a token', PasswordByToken, { token: 't', password: long }],
    ['put in place of another', PasswordChange, { currentPassword: good, password: long }],
    ['changed', PasswordChange, { currentPassword: long, password: good }],
    ['tried', SignIn, { email: 'joy@example.com', password: long }],
  ])('is refused without looking at it when it is %s', (_, schema, input) => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    expect(schema.safeParse(input).success).toBe(false);
    expect(normalize.mock.contexts).not.toContain(long);
  });

  it('is reported as too long, and as nothing else', () => {
    const { error } = NewPassword.safeParse(long);
    expect(error?.issues).toMatchObject([{ params: { code: 'too_long' } }]);
  });

  it('gets no further where nobody has measured it', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    expect(() => sameText(long)).toThrow(RangeError);
    expect(normalize).not.toHaveBeenCalled();
  });
});
