import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Stores bucket policies instead of moto. Moto ignores the conditions of a policy, so a policy that denies requests
 * without TLS would deny every request.
 */
export function bucketPolicies() {
  const policies = new Map<string, Buffer>();

  /** Answers requests about a bucket's policy. Returns false for other requests, and if the bucket has no policy. */
  return ({ method, url = '' }: IncomingMessage, body: Buffer, outgoing: ServerResponse): boolean => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const bucket = pathname.replace(/\/$/, '');
    if (!searchParams.has('policy')) return false;
    if (method === 'PUT') {
      policies.set(bucket, body);
      outgoing.writeHead(204).end();
      return true;
    }
    const policy = policies.get(bucket);
    if (policy === undefined) return false;
    if (method === 'DELETE') policies.delete(bucket);
    if (method === 'GET') outgoing.writeHead(200, { 'content-type': 'application/json' }).end(policy);
    else outgoing.writeHead(204).end();
    return true;
  };
}
