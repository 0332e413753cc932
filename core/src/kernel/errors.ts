/**
 * The error codes that a caller may receive. Each service adds its own codes to this interface. The HTTP package maps
 * each code to a status and a page.
 * @public An augmentation needs the export.
 */
export interface ErrorCodes {
  invalid_request: true;
  read_only: true;
  invalid_cursor: true;
  unauthenticated: true;
  forbidden: true;
  not_found: true;
  external_id_taken: true;
  already_issued: true;
  precondition_failed: true;
  busy: true;
  unavailable: true;
}
export type ErrorCode = keyof ErrorCodes;

/** One problem in the input. `pointer` is a JSON Pointer (RFC 6901) into the body, or the name of a parameter. */
export interface Issue {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/**
 * The only error that operations throw on purpose. The caller sees `message`, and `details` as members of the problem
 * document. Any other error is a defect: its text goes to the log and never to the caller.
 */
export class CurlewError<Code extends string = ErrorCode> extends Error {
  readonly code: Code;
  readonly issues: readonly Issue[];
  readonly details: Readonly<Record<string, unknown>>;
  /** Whether the failed request has changed data. */
  readonly hasEffect: boolean;

  constructor(
    code: Code,
    message: string,
    more: {
      issues?: readonly Issue[];
      details?: Readonly<Record<string, unknown>>;
      cause?: unknown;
      hasEffect?: boolean;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'CurlewError';
    this.code = code;
    this.issues = more.issues ?? [];
    this.details = more.details ?? {};
    this.hasEffect = more.hasEffect ?? false;
  }
}

/** Also the error for a resource that the caller may not see, so that the caller cannot find out that it exists. */
export function notFound(kind: string, id: string): CurlewError {
  return new CurlewError('not_found', `There is no ${kind} ${id}.`);
}

/** The most problems that one response lists: a small request could otherwise cause a very long response. */
export const MOST_ISSUES = 100;

export function invalid(issues: readonly Issue[], code: 'invalid_request' | 'read_only' = 'invalid_request') {
  const [first] = issues;
  const shown = issues.slice(0, MOST_ISSUES);
  const where = first?.pointer ? `${first.pointer}: ` : '';
  const message =
    issues.length === 1
      ? `${where}${first?.message}`
      : issues.length > MOST_ISSUES
        ? `More than ${MOST_ISSUES} problems; errors has the first ${MOST_ISSUES}.`
        : `${issues.length} problems; see errors.`;
  return new CurlewError(code, message, { issues: shown });
}

/**
 * Thrown by a store if a receipt exists under the same key: another process has handled the same request. Never reaches
 * a caller; the caller gets the response in that receipt.
 */
export class ReceiptTakenError extends Error {
  constructor() {
    super('A receipt exists under this key already.');
    this.name = 'ReceiptTakenError';
  }
}

/** Thrown by a store if the record has changed since it was loaded. Never reaches a caller; see `retryStale`. */
export class StaleError extends Error {
  constructor() {
    super('The record changed since it was loaded.');
    this.name = 'StaleError';
  }
}
