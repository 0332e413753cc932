import { CurlewError } from '../kernel/index.ts';

/** The one answer to everything that does not let somebody in, so that nobody learns from it who has an account. */
export function wrongCredentials(): CurlewError {
  return new CurlewError(
    'wrong_credentials',
    'This does not let you in. An address that belongs to several organizations has to name one, and after several failed tries only waiting helps, up to 15 minutes.',
  );
}

/**
 * The same for refresh tokens and password tokens: none of them says why it is refused. `hasEffect`: the refusal ended
 * the session.
 */
export function wrongToken({ hasEffect = false } = {}): CurlewError {
  return new CurlewError(
    'wrong_credentials',
    'This token does not let you in, or not any more: it may have been used, replaced or withdrawn, or have expired.',
    { hasEffect },
  );
}
