import { type Page, reachOf, requireAccess } from '../kernel/index.ts';
import type { OrganizationDeps } from './deps.ts';
import { loadOrganization } from './load-organization.ts';
import type { Organization } from './organization.ts';
import type { OrganizationQuery } from './ports.ts';

/** Throws `not_found`, `forbidden`. */
export function readOrganization(deps: OrganizationDeps, id: string): Promise<Organization> {
  return loadOrganization(deps, id, 'organizations:read');
}

/** Lists all organizations for the operator, and only the caller's own for other users. Throws `forbidden`. */
export async function listOrganizations(deps: OrganizationDeps, query: OrganizationQuery): Promise<Page<Organization>> {
  const { ctx, organizations } = deps;
  requireAccess(ctx, 'organizations:read');
  if (reachOf(ctx.actor, 'organizations:read') === 'all') return organizations.list(query);
  return { items: [await loadOrganization(deps, ctx.actor.organizationId, 'organizations:read')] };
}
