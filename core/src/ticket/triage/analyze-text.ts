import { requireAccess } from '../../kernel/index.ts';
import type { Analysis } from '../../triage/index.ts';
import type { TriageDeps } from './triage-ticket.ts';

/**
 * Analyses any text, using the lessons that triage learned from the organization. Stores nothing. Throws `forbidden`,
 * `unavailable`.
 */
export async function analyzeText(
  { ctx, triager, settings }: Pick<TriageDeps, 'ctx' | 'triager' | 'settings'>,
  text: string,
): Promise<Analysis> {
  requireAccess(ctx, 'tickets:read', 'all');
  const { organizationId } = ctx.actor;
  const { maskPersonalData } = await settings(organizationId);
  return (await triager.assess(organizationId, text, { maskPersonalData })).analysis;
}
