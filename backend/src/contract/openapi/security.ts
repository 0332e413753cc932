import type { Reach } from '@curlew/core/kernel';
import { ACCESS, type Admission, type RouteId } from '../../http/access.ts';

export const SECURITY_SCHEMES = {
  accessToken: { type: 'http', scheme: 'bearer', description: 'An access token, or an API key.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'An API key.' },
};

/** What an operation says of who may use it; nothing more where the document's own rule holds. */
export function securityOf(id: RouteId): { security?: readonly never[]; 'x-right'?: string } {
  const admission: Admission | 'everyone' = ACCESS[id];
  return admission === 'everyone' ? { security: [] } : { 'x-right': admission.right };
}

/** The same in a sentence. */
export function whoMay(id: RouteId): string {
  const admission: Admission | 'everyone' = ACCESS[id];
  if (admission === 'everyone') return 'Nobody needs to sign in for it.';
  const { right, customer, agent, admin, operator = 'none' } = admission;
  const people = Object.entries({ customers: customer, agents: agent, admins: admin, 'the operator': operator });
  const by = (reach: Reach) => people.filter(([, one]) => one === reach).map(([name]) => name);
  const [all, own] = [by('all'), by('own')];
  const clauses = [
    ...(all.length === 0 ? [] : [`${listed(all)} over all`]),
    ...(own.length === 0 ? [] : [`${listed(own)} over their own`]),
  ];
  return `Right \`${right}\`: ${clauses.join(', ')}.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
