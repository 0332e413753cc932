import type { Sent } from '../../src/contract/texts/test-request.ts';

export { get, patch, post, put, remove, type Sent } from '../../src/contract/texts/test-request.ts';

/** A running Curlew, of whatever shape, as the tables of the API see it. */
export interface ApiHost {
  /** Sends a request; checks the answer against the published contract before it gives it back. */
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
  /** The JSON body, or undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every form.
  readonly body: any;
}
