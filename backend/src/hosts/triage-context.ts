import type { Context } from '@curlew/core/kernel';
import { TRIAGE_ACTOR } from '@curlew/core/triage';

/** How triage works on the tickets of an organization: as one of its staff, on nobody's request. */
export function triageContext(
  runtime: Pick<Context, 'now' | 'newId' | 'runExclusive' | 'pause'>,
): (organizationId: string) => Context {
  return (organizationId) => ({
    ...runtime,
    actor: { organizationId, userId: TRIAGE_ACTOR, role: 'agent' },
    requestId: runtime.newId('req'),
  });
}
