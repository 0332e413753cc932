/** A request, as the API tests send it. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
}

/** The ids of one person and of resources that were made for a test about this person. */
export interface Things {
  readonly ticket: string;
  readonly reply: string;
  readonly task: string;
  readonly user: string;
  readonly apiKey: string;
  readonly organization: string;
  /** The resource that `make` of the request made. */
  readonly made: string;
}

/** A valid request to an operation. The access tests send it as each kind of caller. */
export interface TestRequest {
  /** The resource that the request names; absent for requests that name none. */
  readonly on?: 'ticket' | 'task' | 'user' | 'apiKey' | 'organization' | 'made';
  /** For `on: 'made'`: makes a resource for the staff of the organization. An admin sends it. */
  make?(): Sent;
  send(things: Things): Sent;
  /** The problem code that a permitted caller may get in place of success: the tests cannot give every value. */
  readonly also?: string;
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
