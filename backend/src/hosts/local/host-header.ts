import type { IncomingMessage } from 'node:http';

/** Whether a request has exactly one Host header, or none in HTTP/1.0 (RFC 9112, 3.2). Node keeps only the first one. */
export function hasOneHost({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  const count = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length;
  return count === 0 ? httpVersion === '1.0' : count === 1 && headers.host !== '';
}
