/**
 * The codes of errors that a caller may get. Each service adds its own to this interface; the HTTP package maps each code
 * to a status and a page.
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

/** One thing wrong with the input. `pointer` is a JSON Pointer (RFC 6901) into the body, or a parameter's name. */
export interface Issue {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/**
 * The one error a verb throws on purpose. `message` is true for, and shown to, the caller;
 * `details` become members of the problem document. Any other error is a defect: its text stays with the operator.
 */
export class CurlewError<Code extends string = ErrorCode> extends Error {
  readonly code: Code;
  readonly issues: readonly Issue[];
  readonly details: Readonly<Record<string, unknown>>;
  /** Whether the refused request has changed something all the same. */
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

/** What a caller may not see does not exist for them, so this is also the answer to a missing right over it. */
export function notFound(what: string, id: string): CurlewError {
  return new CurlewError('not_found', `There is no ${what} ${id}.`);
}

// Nobody reads more, and an answer should not outgrow its request.
const MOST_ISSUES = 100;

export function invalid(issues: readonly Issue[], code: 'invalid_request' | 'read_only' = 'invalid_request') {
  const [first] = issues;
  const shown = issues.slice(0, MOST_ISSUES);
  const where = first?.pointer ? `${first.pointer}: ` : '';
  const message =
    issues.length === 1
      ? `${where}${first?.message}`
      : `${issues.length} problems; see errors${shown.length < issues.length ? `, which holds the first ${MOST_ISSUES}` : ''}.`;
  return new CurlewError(code, message, { issues: shown });
}

/**
 * Thrown by a store when another process has saved a receipt under the same key: the request was answered already.
 * Never reaches a caller; they get that answer.
 */
export class ReceiptTakenError extends Error {
  constructor() {
    super('There is a receipt under this key already.');
    this.name = 'ReceiptTakenError';
  }
}

/** Thrown by a store when what a verb decided on has changed since it was loaded. Never reaches a caller. */
export class StaleError extends Error {
  constructor() {
    super('The record changed since it was loaded.');
    this.name = 'StaleError';
  }
}
