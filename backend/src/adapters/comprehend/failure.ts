export type FailureNote =
  | 'comprehend_unavailable'
  | 'comprehend_throttled'
  | 'comprehend_refused'
  | 'comprehend_language_unsupported';

/** The meaning of a failed call. */
export interface Failure {
  readonly note: FailureNote;
  /** Later calls: `unknown` says nothing about them, `hopeless` that they fail too, `doubtful` that they may fail. */
  readonly outlook: 'unknown' | 'hopeless' | 'doubtful';
}

/** Errors that refuse one text, not the caller. */
const OF_THE_TEXT = /^(?:TextSizeLimitExceeded|BatchSizeLimitExceeded|InvalidRequest|Validation|Serialization)/;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/** Classifies the failure of a call: an error of Comprehend, of the network or of an invalid response. */
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
  // Missing credentials count as a refusal too.
  if ((status >= 400 && status < 500) || name === 'CredentialsProviderError') {
    return { note: 'comprehend_refused', outlook: 'hopeless' };
  }
  // In a region without Comprehend, the host name does not exist.
  if (code === 'ENOTFOUND') return { note: 'comprehend_unavailable', outlook: 'hopeless' };
  return { note: 'comprehend_unavailable', outlook: 'doubtful' };
}

/**
 * The failure as text for the log. Contains the message of an AWS error only: the message of a parser quotes the
 * response, which can contain parts of a customer's text.
 */
export function errorMessage(error: unknown): string {
  const { name, code, message, $fault } = error as Record<'name' | 'code' | 'message' | '$fault', string | undefined>;
  return [name ?? 'unknown', code, $fault === undefined ? undefined : message].filter(Boolean).join(' ');
}
