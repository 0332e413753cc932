import type { Context } from '@curlew/core/kernel';
import { TRIAGE_ACTOR } from '@curlew/core/triage';

/** The context for triage after an event: it acts as an agent of the organization, with a new request id. */
export function triageContext(
  runtime: Pick<Context, 'now' | 'wallNow' | 'newId' | 'runExclusive' | 'pause'>,
): (organizationId: string) => Context {
  return (organizationId) => ({
    ...runtime,
    actor: { organizationId, userId: TRIAGE_ACTOR, role: 'agent' },
    requestId: runtime.newId('req'),
  });
}
