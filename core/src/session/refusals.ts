import { CurlewError } from '../kernel/index.ts';

/** The same error for every refused sign-in, so that the caller cannot learn which accounts exist. */
export function wrongCredentials(): CurlewError {
  return new CurlewError(
    'wrong_credentials',
    'This does not let you in. An address that belongs to several organizations has to name one, and after several failed tries only waiting helps, up to 15 minutes.',
  );
}

/**
 * The same error for every refused refresh token or password token. `hasEffect` is true if the refusal ended the
 * session.
 */
export function wrongToken({ hasEffect = false } = {}): CurlewError {
  return new CurlewError(
    'wrong_credentials',
    'This token does not let you in, or not any more: it may have been used, replaced or withdrawn, or have expired.',
    { hasEffect },
  );
}
