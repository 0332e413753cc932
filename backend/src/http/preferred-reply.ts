import type { Call } from './contract.ts';
import { empty, type Reply } from './reply.ts';

const RETURN_MINIMAL = /(^|,)\s*return\s*=\s*(minimal|"minimal")\s*(;|,|$)/i;

/** The reply to a PATCH: without the body and with status 204 if the caller sent `Prefer: return=minimal` (RFC 7240). */
export function preferredReply(call: Call<unknown, unknown>, { status, headers, body }: Reply): Reply {
  if (!RETURN_MINIMAL.test(call.header('prefer') ?? '')) return { status, headers, body };
  const { 'content-type': _, ...rest } = headers;
  return empty(204, { ...rest, 'preference-applied': 'return=minimal' });
}
