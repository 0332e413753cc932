import type { Sent } from '../../src/contract/operations/test-request.ts';

export { get, patch, post, put, remove, type Sent } from '../../src/contract/operations/test-request.ts';

/** A running Curlew for API tables: the local host or the Lambda handlers. */
export interface ApiHost {
  /** Sends a request, and checks the response against the published contract. */
  send(request: Sent): Promise<Answer>;
  /** The types of all events so far, oldest first. */
  eventTypes(): Promise<string[]>;
  /** Resolves when every event has been delivered. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON body, or undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every form.
  readonly body: any;
}
