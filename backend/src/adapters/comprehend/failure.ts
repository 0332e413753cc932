export type FailureNote =
  | 'comprehend_unavailable'
  | 'comprehend_throttled'
  | 'comprehend_refused'
  | 'comprehend_language_unsupported';

/** What a failed call means. */
export interface Failure {
  readonly note: FailureNote;
  /** What it says of the calls after it: nothing, that they fail as well, or that they may. */
  readonly outlook: 'unknown' | 'hopeless' | 'doubtful';
}

/** Refusals of one text, not of the caller. */
const OF_THE_TEXT = /^(?:TextSizeLimitExceeded|BatchSizeLimitExceeded|InvalidRequest|Validation|Serialization)/;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/** What the failure of a call to Comprehend means, be it Comprehend's, the network's or that of the answer. */
export function failureOf(error: unknown): Failure {
  const { name, code, $metadata } = error as {
    readonly name?: string;
    readonly code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  if (name === 'UnsupportedLanguageException') {
    return { note: 'comprehend_language_unsupported', outlook: 'unknown' };
  }
  if (status === 429 || THROTTLED.test(name ?? '')) return { note: 'comprehend_throttled', outlook: 'unknown' };
  if (OF_THE_TEXT.test(name ?? '')) return { note: 'comprehend_refused', outlook: 'unknown' };
  // Also where there are no credentials at all.
  if ((status >= 400 && status < 500) || name === 'CredentialsProviderError') {
    return { note: 'comprehend_refused', outlook: 'hopeless' };
  }
  // A region without Comprehend has no host of that name.
  if (code === 'ENOTFOUND') return { note: 'comprehend_unavailable', outlook: 'hopeless' };
  return { note: 'comprehend_unavailable', outlook: 'doubtful' };
}

/** The failure for the log. Only what AWS and the system say is quoted: parsers quote answers, which quote texts. */
export function errorMessage(error: unknown): string {
  const { name, code, message, $fault } = error as Record<'name' | 'code' | 'message' | '$fault', string | undefined>;
  return [name ?? 'unknown', code, $fault === undefined ? undefined : message].filter(Boolean).join(' ');
}
