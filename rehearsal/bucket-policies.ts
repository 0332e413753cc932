import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Policies of buckets, kept in the stand-in's place: moto goes by a policy without its conditions, so that one which
 * refuses who comes without TLS would refuse everybody.
 */
export function bucketPolicies() {
  const policies = new Map<string, Buffer>();

  /** Answers what is about the policy of a bucket; false for anything else, and for one that was never given. */
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
