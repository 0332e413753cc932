import { notFound, type Right, reachOf, requireAccess } from '../kernel/index.ts';
import type { OrganizationDeps } from './deps.ts';
import type { Organization } from './organization.ts';

/** Users see their own organization, the operator all organizations. Throws `not_found`, `forbidden`. */
export async function loadOrganization(
  { ctx, organizations }: OrganizationDeps,
  id: string,
  right: Right,
): Promise<Organization> {
  const maySee = reachOf(ctx.actor, right) === 'all' || id === ctx.actor.organizationId;
  const found = maySee ? await organizations.find(id) : undefined;
  if (found === undefined) throw notFound('organization', id);
  requireAccess(ctx, right);
  return found;
}
