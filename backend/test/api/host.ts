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

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body, or undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every form.
  readonly body: any;
}

export const get = (path: string, headers: Record<string, string> = {}): Sent => ({ method: 'GET', path, headers });
export const post = (path: string, body?: unknown, headers: Record<string, string> = {}): Sent => ({
  method: 'POST',
  path,
  headers,
  body,
});
export const put = (path: string, body: unknown, headers: Record<string, string> = {}): Sent => ({
  method: 'PUT',
  path,
  headers,
  body,
});
export const patch = (path: string, body: unknown, headers: Record<string, string> = {}): Sent => ({
  method: 'PATCH',
  path,
  headers,
  body,
});
export const remove = (path: string, headers: Record<string, string> = {}): Sent => ({
  method: 'DELETE',
  path,
  headers,
});
