import { REACHES, type Reach } from '@curlew/core/kernel';
import { reachWithin } from '../../http/contract.ts';
import type { AnyRoute } from './routes.ts';

export const SECURITY_SCHEMES = {
  accessToken: { type: 'http', scheme: 'bearer', description: 'An access token, or an API key.' },
  // Generators refuse a scheme and a schema whose names differ only in their case.
  xApiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'An API key.' },
};

/** The security members of an operation. If it needs a right, the document's global rule applies and only the right is added. */
export function securityOf({ right }: AnyRoute): { security?: readonly never[]; 'x-right'?: string } {
  return right === 'public' ? { security: [] } : { 'x-right': right };
}

/** A sentence that names the operation's right and the callers that have it. */
export function whoMay(route: AnyRoute): string {
  const { right } = route;
  if (right === 'public') return 'This operation needs no sign-in.';
  const { customer, agent, admin, operator = 'none' } = REACHES[right];
  const people = Object.entries({ customers: customer, agents: agent, admins: admin, 'the operator': operator });
  const by = (reach: Reach) => people.filter(([, one]) => reachWithin(route, one) === reach).map(([name]) => name);
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
