/** A line of the log. */
export interface LogEntry {
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly requestId: string;
  readonly [field: string]: unknown;
}
