import { CurlewError } from '../kernel/index.ts';

/** The same error for every refused sign-in, so that the caller cannot learn which accounts exist. */
export function wrongCredentials(): CurlewError {
  return new CurlewError('wrong_credentials', 'The sign-in failed. After several failed tries, wait up to 15 minutes.');
}

/**
 * The same error for every refused refresh token or password token. `hasEffect` is true if the refusal ended the
 * session.
 */
export function wrongToken({ hasEffect = false } = {}): CurlewError {
  return new CurlewError(
    'wrong_credentials',
    'This token is not valid, or is no longer valid: it may have expired, or have been used, replaced or withdrawn.',
    { hasEffect },
  );
}
